-- What providers announced, and whose turn it is to be asked because of it. Both live on the
-- coordinator of a distributed database, because their rows are locked.

create table provider_event (
  event_id          uuid        primary key,
  connection_id     uuid        not null references connection,
  provider          text        not null,
  type              text        not null,
  -- the provider's own id of the event, where it gives one
  provider_event_id text,
  content_key       text        not null,
  concern           text        not null check (concern in ('NOTHING', 'EVERYTHING', 'CURRENCIES')),
  currencies        text[]      check ((concern = 'CURRENCIES') = (currencies is not null)),
  -- what was delivered: it holds people's data
  sealed            bytea       not null,
  sealed_by         text        not null,
  body_bytes        integer     not null,
  received_at       timestamptz not null,
  status            text        not null check (status in ('WAITING', 'DONE', 'IGNORED', 'FAILED')),
  -- when it was received or replayed: a sync that started earlier does not serve it
  waiting_since     timestamptz not null,
  attempts          integer     not null,
  processed_at      timestamptz check ((status = 'WAITING') = (processed_at is null)),
  last_error        text,
  unique (connection_id, content_key)
);

create unique index provider_event_of_provider
  on provider_event (connection_id, provider_event_id) where provider_event_id is not null;

-- which connections have something waiting, and since when: small, whatever the table holds
create index provider_event_waiting
  on provider_event (connection_id, waiting_since, event_id) where status = 'WAITING';

create index provider_event_failed
  on provider_event (connection_id, received_at) where status = 'FAILED';

-- listings of one connection, and how much it stored within an hour, without a look at the rows
create index provider_event_of_connection
  on provider_event (connection_id, received_at, event_id) include (body_bytes);

-- listings of all connections
create index provider_event_by_time on provider_event (received_at, event_id);

-- A connection's turn. There is a row once a connection had one.
create table event_lane (
  connection_id uuid        primary key references connection,
  lease_token   uuid,
  lease_until   timestamptz check ((lease_until is null) = (lease_token is null)),
  -- the newest lease: what came later is not served by it
  started_at    timestamptz,
  not_before    timestamptz not null,
  failures      integer     not null,
  -- something genuine came that the inbox had no room for
  hinted_at     timestamptz
);

create index event_lane_hinted on event_lane (connection_id) where hinted_at is not null;
