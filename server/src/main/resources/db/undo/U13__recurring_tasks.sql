drop table recurring_task;
