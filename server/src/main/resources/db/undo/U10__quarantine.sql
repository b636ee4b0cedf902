-- drops records: quarantined_reading
alter table wallet drop column doubt_id;
drop table quarantined_reading;
