drop table outbox_bookmark;
