-- What was set is settings, not a record; an older version asks no budget.
drop table call_allowance;
alter table connection drop column calls_per_second, drop column calls_per_day;
