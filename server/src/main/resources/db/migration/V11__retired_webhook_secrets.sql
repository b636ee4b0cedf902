-- Webhook secrets that a connection had: notifications signed with them are accepted for a while.
create table retired_webhook_secret (
  retired_id    uuid        primary key,
  connection_id uuid        not null references connection,
  sealed        bytea       not null,
  sealed_by     text        not null,
  retired_at    timestamptz not null,
  valid_until   timestamptz not null
);

create index retired_webhook_secret_of_connection on retired_webhook_secret (connection_id);
