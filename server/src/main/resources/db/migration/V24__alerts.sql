-- What somebody wants to be told of, and what was found. All of it on the coordinator of a distributed
-- database: rules are locked, and alerts are written in the transaction that locks the wallets. Wallets
-- and connections are referred to by value, as history does.

-- One row: the version moves with every change of a rule, so that a node knows when its copy is old;
-- and until when changed wallets were looked at.
create table alert_engine (
  only_row   boolean     primary key default true check (only_row),
  version    bigint      not null,
  seen_until timestamptz not null
);

insert into alert_engine (version, seen_until) values (0, now());

create table alert_rule (
  rule_id        uuid        primary key,
  name           text        not null,
  severity       text        not null check (severity in ('WARNING', 'CRITICAL')),
  enabled        boolean     not null,
  kind           text        not null,
  -- as texts by name
  condition      jsonb       not null,
  wallet_id      uuid,
  connection_id  uuid,
  provider       text,
  currency       text,
  owner_id       text,
  metadata       jsonb       not null,
  -- the connections that it is limited to; null for none
  connections    uuid[],
  revision       integer     not null check (revision > 0),
  in_force_since timestamptz not null,
  walk_due       boolean     not null,
  looked_at      timestamptz,
  created_at     timestamptz not null,
  updated_at     timestamptz not null,
  -- a deleted one stays, for its alerts name it
  deleted_at     timestamptz
);

-- What was found never changes: the application may write only the columns from state on again.
create table alert (
  alert_id      uuid        primary key,
  rule_id       uuid        not null,
  rule_revision integer     not null,
  rule_name     text        not null,
  kind          text        not null,
  severity      text        not null,
  -- a wallet, a channel, or the nil uuid for all of the rule together
  subject_id    uuid        not null,
  wallet_id     uuid,
  connection_id uuid,
  -- the connections that a caller must see all of; null for callers that see everything
  connections   uuid[],
  currency      text,
  previous      text,
  current       text,
  passed_limit  text,
  opened_at     timestamptz not null,
  state         text        not null check (state in ('OPEN', 'ACKNOWLEDGED', 'SNOOZED', 'RESOLVED')),
  -- whether the condition goes on, also after a person resolved it
  holds         boolean     not null check (holds or state = 'RESOLVED'),
  snoozed_until timestamptz,
  how           text,
  resolved_at   timestamptz,
  resolved_by   text,
  note          text,
  value         text,
  check ((wallet_id is null) = (connection_id is null)),
  check ((state = 'SNOOZED') = (snoozed_until is not null)),
  check ((state = 'RESOLVED') = (how is not null)),
  check ((how is null) = (resolved_at is null) and (how is null) = (resolved_by is null))
);

-- one alert of a rule about one thing, until it was over once
create unique index alert_holds on alert (rule_id, kind, subject_id) where holds;
create index alert_holds_of_wallet on alert (wallet_id) where holds and wallet_id is not null;
create index alert_holds_in_order on alert (alert_id) where holds and wallet_id is not null;
create index alert_in_trouble on alert (kind, rule_id) where holds and kind in ('STORM', 'ENGINE_ERROR');
create index alert_snoozed on alert (snoozed_until) where state = 'SNOOZED';
create index alert_unresolved on alert (alert_id) where state <> 'RESOLVED';
create index alert_of_rule on alert (rule_id, alert_id);
create index alert_of_wallet on alert (wallet_id, alert_id) where wallet_id is not null;

-- Each step of an alert, for ever.
create table alert_transition (
  transition_id uuid        not null,
  alert_id      uuid        not null,
  to_state      text        not null,
  at            timestamptz not null,
  by            text        not null,
  how           text,
  note          text,
  until         timestamptz,
  primary key (alert_id, transition_id)
);

create trigger alert_transition_is_append_only
  before update or delete or truncate on alert_transition
  for each statement execute function refuse_change();
