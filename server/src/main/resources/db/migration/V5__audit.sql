-- Who did what. Written in the transaction of the change it tells of; led by its subject, so that
-- it can be distributed like the history.
create table audit_entry (
  subject_id    uuid        not null,
  entry_id      uuid        not null,
  occurred_at   timestamptz not null,
  actor_kind    text        not null,
  actor_id      uuid        not null,
  actor_name    text        not null,
  actor_address text,
  request_id    text,
  action        text        not null,
  resource      text        not null,
  connection_id uuid,
  outcome       text        not null,
  details       jsonb       not null,
  -- the bytes to hash: jsonb orders members anew, and times are rounded
  canonical     bytea       not null,
  transaction   xid8        not null default pg_current_xact_id(),
  primary key (subject_id, entry_id)
);

-- entry_id grows with time, so this serves the listing, newest first
create index audit_entry_by_time on audit_entry (entry_id);

create trigger audit_entry_is_append_only
  before update or delete or truncate on audit_entry
  for each statement execute function refuse_change();
