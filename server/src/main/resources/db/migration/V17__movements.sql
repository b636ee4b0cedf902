-- What moved the money, as the providers' own ledgers tell it; each key leads with wallet_id, as
-- in all history. References wallets by value.

create table provider_movement (
  wallet_id     uuid            not null,
  -- the provider's id, or where it has none a digest of the row
  movement_key  text collate "C" not null,
  occurred_at   timestamptz     not null,
  currency      text            not null,
  difference    numeric(36, 18) not null,
  balance_after numeric(36, 18),
  kind          text,
  reason        text,
  reference     text,
  metadata      jsonb           not null,
  imported_at   timestamptz     not null,
  primary key (wallet_id, movement_key)
);

-- with the difference, so that a sum reads nothing but the index
create index provider_movement_by_time
  on provider_movement (wallet_id, occurred_at, movement_key) include (difference);

create trigger provider_movement_is_append_only
  before update or delete or truncate on provider_movement
  for each statement execute function refuse_change();

-- How far the import of each wallet is, and whose turn it is. On the coordinator of a distributed
-- database, because its rows are updated by whoever takes them.
create table movement_import (
  wallet_id      uuid        primary key,
  -- null while the wallet is not imported by itself
  due_at         timestamptz,
  lease_token    uuid,
  leased_until   timestamptz,
  -- between these two everything that the provider lists is here
  complete_from  timestamptz,
  complete_until timestamptz,
  -- the window that is being read, and where in it the next page begins
  window_from    timestamptz,
  window_until   timestamptz,
  next_page      text,
  -- the oldest movement that came new since the chain was last checked
  unchecked_from timestamptz,
  -- the time of the newest balance whose change was checked
  checked_until  timestamptz,
  -- the end of the last round, and why it failed, if it did
  ended_at       timestamptz,
  failure        text,
  failures       integer     not null check (failures >= 0),
  check ((complete_from is null) = (complete_until is null)),
  check ((window_from is null) = (window_until is null)),
  check ((lease_token is null) = (leased_until is null))
)
with (fillfactor = 70);

create index movement_import_due on movement_import (due_at) where due_at is not null;

-- Where movements are missing between two that are here, and of what amount. Derived from the
-- movements: replaced as those come in.
create table movement_hole (
  wallet_id  uuid            not null,
  before_key text collate "C" not null,
  after_key  text            not null,
  after_at   timestamptz     not null,
  before_at  timestamptz     not null,
  currency   text            not null,
  amount     numeric(36, 18) not null,
  primary key (wallet_id, before_key)
);

-- Changes of a balance that the movements between its snapshots do not add up to. Derived as well.
create table unexplained_change (
  wallet_id uuid            not null,
  sequence  bigint          not null,
  currency  text            not null,
  amount    numeric(36, 18) not null,
  primary key (wallet_id, sequence)
);
