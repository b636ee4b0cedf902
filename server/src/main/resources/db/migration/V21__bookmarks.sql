-- How far each reader of the outbox has come, and who reads on for it. On the coordinator, as the outbox.
create table outbox_bookmark (
  reader         text        primary key,
  epoch          integer     not null,
  transaction_id xid8        not null,
  event_id       uuid        not null,
  lease_token    uuid        not null,
  lease_until    timestamptz not null
);
