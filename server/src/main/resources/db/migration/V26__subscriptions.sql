-- Who is told of what happens. Addresses and secrets are sealed; what is removed keeps neither.
create table subscription (
  subscription_id   uuid        primary key,
  name              text        not null,
  channel           text        not null check (channel in ('WEBHOOK', 'SLACK', 'EMAIL')),
  target            bytea,
  sealed_by         text,
  filter            jsonb       not null,
  limited_to        uuid[],
  state             text        not null check (state in ('ACTIVE', 'PAUSED', 'DISABLED')),
  disabled_reason   text,
  disabled_at       timestamptz,
  since_epoch       integer     not null,
  since_transaction xid8        not null,
  since_event       uuid        not null,
  created_at        timestamptz not null,
  updated_at        timestamptz not null,
  removed_at        timestamptz,
  last_success_at   timestamptz,
  last_failure_at   timestamptz,
  failing_since     timestamptz,
  quiet_until       timestamptz,
  check ((state = 'DISABLED') = (disabled_reason is not null)),
  check ((removed_at is null) = (target is not null)),
  check ((target is null) = (sealed_by is null))
);

-- What signs the messages of a webhook; two are valid while a rotation overlaps.
create table subscription_secret (
  subscription_id uuid        not null references subscription,
  version         integer     not null,
  sealed          bytea       not null,
  sealed_by       text        not null,
  created_at      timestamptz not null,
  expires_at      timestamptz,
  primary key (subscription_id, version)
);
