-- Readings that were too strange to be believed: open while ended is null, of each wallet at most
-- one. References wallets by value, as history does. Kept for ever, but not append-only: how a doubt ended is written beside it.

create table quarantined_reading (
  reading_id          uuid            primary key,
  wallet_id           uuid            not null,
  connection_id       uuid            not null,
  provider            text            not null,
  reason              text            not null,
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
  times_seen          integer         not null check (times_seen > 0),
  last_seen_at        timestamptz     not null,
  quarantined_at      timestamptz     not null,
  ended               text,
  settled_at          timestamptz,
  settled_by          text,
  note                text,
  check ((ended is null) = (settled_at is null) and (ended is null) = (settled_by is null))
);

create unique index quarantined_reading_open on quarantined_reading (wallet_id) where ended is null;

-- the open one, so that reading a balance and locking a wallet learn of it without searching
alter table wallet add column doubt_id uuid;
