-- Requests under a key: being worked on while answer is null, replayed from it afterwards.
create table idempotency_record (
  requester       uuid        not null,
  idempotency_key text        not null check (length(idempotency_key) between 1 and 255),
  fingerprint     text        not null,
  lease_token     uuid        not null,
  lease_until     timestamptz not null,
  -- text and not jsonb: the bytes of the first answer are the answer
  answer          text,
  created_at      timestamptz not null,
  expires_at      timestamptz not null,
  primary key (requester, idempotency_key)
);

create index idempotency_record_expiry on idempotency_record (expires_at);
