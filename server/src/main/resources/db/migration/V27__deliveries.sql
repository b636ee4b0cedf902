-- One event for one subscription. While somebody is at it, it is due when the lease ends.
create table delivery (
  subscription_id uuid        not null references subscription,
  event_id        uuid        not null,
  kind            text        not null,
  occurred_at     timestamptz not null,
  payload         text        not null,
  state           text        not null check (state in ('WAITING', 'DELIVERED', 'DEAD')),
  attempts        integer     not null,
  failures        integer     not null,
  due_at          timestamptz,
  waiting_since   timestamptz not null,
  lease_token     uuid,
  created_at      timestamptz not null,
  settled_at      timestamptz,
  primary key (subscription_id, event_id),
  check ((state = 'WAITING') = (due_at is not null)),
  check ((state = 'WAITING') = (settled_at is null))
);
create index delivery_due on delivery (subscription_id, due_at) where state = 'WAITING';
create index delivery_dead on delivery (subscription_id, event_id) where state = 'DEAD';
create index delivery_settled on delivery (state, settled_at) where settled_at is not null;

-- Every attempt that was made, until its delivery is forgotten.
create table delivery_attempt (
  subscription_id uuid        not null,
  event_id        uuid        not null,
  number          integer     not null,
  attempted_at    timestamptz not null,
  duration_millis bigint      not null,
  status          integer,
  error           text,
  snippet         text,
  primary key (subscription_id, event_id, number),
  foreign key (subscription_id, event_id) references delivery on delete cascade
);
