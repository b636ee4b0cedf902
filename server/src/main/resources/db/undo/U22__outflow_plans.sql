-- drops records: outflow_plan, planned_outflow
drop table planned_outflow;
drop table outflow_plan;
