-- API keys, their sealed secrets, and used nonces. All three stay on the coordinator of a cluster.

CREATE TABLE api_key (
  api_key_id     uuid        PRIMARY KEY,
  key_id         text        NOT NULL UNIQUE CHECK (key_id ~ '^[A-Za-z0-9_-]{1,64}$'),
  name           text        NOT NULL,
  scopes         text[]      NOT NULL CHECK (cardinality(scopes) > 0),
  connection_ids uuid[]      CHECK (cardinality(connection_ids) > 0), -- null: all connections
  created_at     timestamptz NOT NULL,
  revoked_at     timestamptz,
  last_used_at   timestamptz
);

CREATE TABLE api_key_secret (
  api_key_id    uuid        NOT NULL REFERENCES api_key,
  version       integer     NOT NULL CHECK (version > 0),
  master_key_id text        NOT NULL,
  sealed        bytea       NOT NULL,
  created_at    timestamptz NOT NULL,
  expires_at    timestamptz,
  PRIMARY KEY (api_key_id, version)
);

CREATE TABLE nonce (
  api_key_id uuid        NOT NULL,
  nonce      text        NOT NULL CHECK (length(nonce) BETWEEN 1 AND 128),
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (api_key_id, nonce)
);

CREATE INDEX nonce_expires_at ON nonce (expires_at);
