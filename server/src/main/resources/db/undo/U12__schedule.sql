-- What was set is settings, not a record; an older version syncs nothing by itself.
drop table wallet_schedule;
alter table wallet drop column sync_interval_seconds, drop column sync_slowest_seconds;
alter table connection drop column sync_interval_seconds, drop column sync_slowest_seconds;
