-- How many calls a connection may make; null for what its provider documents.
alter table connection
  add column calls_per_second integer check (calls_per_second >= 1),
  add column calls_per_day    integer check (calls_per_day >= 1);

-- What nodes have taken of a connection's budget in its present window. One row for each kind of
-- window: what was taken of an earlier one counts no longer.
create table call_allowance (
  connection_id uuid        not null references connection,
  period        text        not null check (period in ('SECOND', 'DAY')),
  window_start  timestamptz not null,
  taken         integer     not null check (taken >= 0),
  -- what the last statement took, for it to return
  last_taken    integer     not null check (last_taken >= 0),
  primary key (connection_id, period)
);
