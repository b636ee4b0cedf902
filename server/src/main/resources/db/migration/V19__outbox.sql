-- What others are told of, added in the transaction that records it. Rows are narrow: what they tell
-- of is in its own table already and never changes. Both tables stay on the coordinator of a
-- distributed database: transactions of one server are what gives the order.

-- Transactions count anew where the database was moved to another cluster by a dump: what comes
-- afterwards has a higher epoch.
create table outbox_epoch (
  only_row boolean primary key default true check (only_row),
  epoch    integer not null
);

insert into outbox_epoch (epoch) values (0);

create table outbox_event (
  epoch          integer     not null,
  transaction_id xid8        not null default pg_current_xact_id(),
  -- by the time it was given: the order within a transaction
  event_id       uuid        not null,
  kind           text        not null,
  wallet_id      uuid        not null,
  connection_id  uuid        not null,
  -- what it tells of: a snapshot of the wallet or a reading
  sequence       bigint,
  reading_id     uuid,
  occurred_at    timestamptz not null,
  check (num_nonnulls(sequence, reading_id) = 1),
  primary key (epoch, transaction_id, event_id)
);

create trigger outbox_event_is_append_only
  before update or delete or truncate on outbox_event
  for each statement execute function refuse_change();
