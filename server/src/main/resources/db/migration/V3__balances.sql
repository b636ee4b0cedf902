-- The history: every balance change once, for ever. Each key leads with wallet_id, so that the
-- tables can be distributed by wallet.

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end
$$;

create table wallet_balance_snapshot (
  wallet_id           uuid            not null,
  sequence            bigint          not null check (sequence > 0),
  snapshot_id         uuid            not null,
  provider            text            not null,
  currency            text            not null,
  available           numeric(36, 18) not null,
  ledger              numeric(36, 18),
  locked              numeric(36, 18),
  external_balance_id text,
  as_of               timestamptz     not null,
  provider_time       timestamptz,
  call_started_at     timestamptz     not null,
  observed_at         timestamptz     not null,
  source              text            not null,
  requester           uuid,
  idempotency_key     text,
  metadata            jsonb           not null,
  created_at          timestamptz     not null,
  primary key (wallet_id, sequence),
  unique (wallet_id, as_of)
);

create unique index wallet_balance_snapshot_external_id
  on wallet_balance_snapshot (wallet_id, external_balance_id)
  where external_balance_id is not null;

create unique index wallet_balance_snapshot_request
  on wallet_balance_snapshot (wallet_id, requester, idempotency_key)
  where idempotency_key is not null;

create trigger wallet_balance_snapshot_is_append_only
  before update or delete or truncate on wallet_balance_snapshot
  for each statement execute function refuse_change();

-- Readings that came after a younger one was recorded: facts, but never a balance.
create table late_reading (
  wallet_id           uuid            not null,
  reading_id          uuid            not null,
  currency            text            not null,
  available           numeric(36, 18) not null,
  ledger              numeric(36, 18),
  locked              numeric(36, 18),
  external_balance_id text,
  provider_time       timestamptz,
  call_started_at     timestamptz     not null,
  observed_at         timestamptz     not null,
  source              text            not null,
  metadata            jsonb           not null,
  recorded_at         timestamptz     not null,
  primary key (wallet_id, reading_id)
);

create trigger late_reading_is_append_only
  before update or delete or truncate on late_reading
  for each statement execute function refuse_change();
