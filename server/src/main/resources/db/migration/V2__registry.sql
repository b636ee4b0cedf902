-- Connections to providers and the wallets held there. Both live on the coordinator of a
-- distributed database, because their rows are locked.

create table connection (
  connection_id uuid        primary key,
  provider      text        not null,
  name          text        not null,
  environment   text        check (environment in ('LIVE', 'SANDBOX')),
  secret_hint   text,
  -- null once the connection was removed
  sealed        bytea,
  sealed_by     text,
  secret_hash   bytea,
  created_at    timestamptz not null,
  removed_at    timestamptz,
  check ((removed_at is null) = (sealed is not null and sealed_by is not null and secret_hash is not null))
);

-- the same secret twice would double every sum
create unique index connection_secret on connection (provider, secret_hash);

create table wallet (
  wallet_id            uuid        primary key,
  connection_id        uuid        not null references connection,
  provider             text        not null,
  provider_account_id  text        not null,
  currency             text        not null,
  owner_id             text,
  provider_customer_id text,
  metadata             jsonb       not null,
  status               text        not null check (status in ('ACTIVE', 'PAUSED', 'CLOSED')),
  created_at           timestamptz not null,
  updated_at           timestamptz not null,
  unique (connection_id, provider_account_id, currency),

  -- The newest snapshot, so that reading a balance reads one row. All null before the first one.
  latest_sequence      bigint,
  latest_snapshot_id   uuid,
  latest_available     numeric(36, 18),
  latest_ledger        numeric(36, 18),
  latest_locked        numeric(36, 18),
  latest_external_balance_id text,
  latest_as_of         timestamptz,
  latest_provider_time timestamptz,
  latest_call_started_at timestamptz,
  latest_observed_at   timestamptz,
  latest_source        text,
  latest_requester     uuid,
  latest_idempotency_key text,
  latest_metadata      jsonb,
  latest_created_at    timestamptz,
  confirmed_at         timestamptz,
  confirmed_by_call_started_at timestamptz
)
-- room on the page, so that a moved confirmation needs no new index entry
with (fillfactor = 70);

create index wallet_of_owner on wallet (owner_id, wallet_id) where owner_id is not null;
