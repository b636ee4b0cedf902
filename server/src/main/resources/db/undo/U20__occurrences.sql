-- drops records: outbox_event
alter table outbox_event disable trigger outbox_event_is_append_only;
delete from outbox_event where facts is not null;
alter table outbox_event enable trigger outbox_event_is_append_only;
alter table outbox_event
  drop constraint outbox_event_wallet_check,
  drop constraint outbox_event_check,
  drop column facts,
  alter column wallet_id set not null,
  alter column connection_id set not null,
  add constraint outbox_event_check check (num_nonnulls(sequence, reading_id) = 1);
