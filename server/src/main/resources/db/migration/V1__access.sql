-- API keys, their sealed secrets, and used nonces. All three stay on the coordinator of a cluster.

create table api_key (
  api_key_id     uuid        primary key,
  key_id         text        not null unique check (key_id ~ '^[A-Za-z0-9_-]{1,64}$'),
  name           text        not null,
  scopes         text[]      not null check (cardinality(scopes) > 0),
  connection_ids uuid[]      check (cardinality(connection_ids) > 0), -- null: all connections
  created_at     timestamptz not null,
  revoked_at     timestamptz,
  last_used_at   timestamptz
);

create table api_key_secret (
  api_key_id    uuid        not null references api_key,
  version       integer     not null check (version > 0),
  master_key_id text        not null,
  sealed        bytea       not null,
  created_at    timestamptz not null,
  expires_at    timestamptz,
  primary key (api_key_id, version)
);

-- Secrets that the settings gave for a key, by keyed hash: one that was replaced since must not come
-- back with the next restart.
create table bootstrap_secret (
  api_key_id    uuid        not null references api_key,
  fingerprint   bytea       not null,
  first_seen_at timestamptz not null,
  primary key (api_key_id, fingerprint)
);

create table nonce (
  api_key_id uuid        not null,
  nonce      text        not null check (length(nonce) between 1 and 128),
  expires_at timestamptz not null,
  primary key (api_key_id, nonce)
);

create index nonce_expires_at on nonce (expires_at);
