-- drops records: outbox_event
drop table outbox_event;
drop table outbox_epoch;
