-- Runs that sync many wallets on demand, and what of them is in flight. There is no row for each
-- wallet: a run keeps its position in its walk over them. All three tables live on the coordinator
-- of a distributed database, because rows of the first are locked and the others change with it.

create table sync_run (
  run_id           uuid        primary key,
  kind             text        not null check (kind in ('CONNECTION', 'PROVIDER', 'OWNER', 'ALL')),
  connection_id    uuid        check ((kind = 'CONNECTION') = (connection_id is not null)),
  -- whom it asks, where that is one alone
  provider         text        check ((kind in ('CONNECTION', 'PROVIDER')) = (provider is not null)),
  owner_id         text        check ((kind = 'OWNER') = (owner_id is not null)),
  -- the connections that whoever started it could see; null for all of them
  visible          uuid[],
  requester        uuid        not null,
  requester_name   text        not null,
  request_id       text,
  created_at       timestamptz not null,
  total            bigint      not null,
  changed          bigint      not null default 0,
  unchanged        bigint      not null default 0,
  failed           bigint      not null default 0,
  skipped          bigint      not null default 0,
  state            text        not null default 'RUNNING'
                               check (state in ('RUNNING', 'COMPLETED', 'CANCELLED')),
  finished_at      timestamptz check ((state = 'RUNNING') = (finished_at is null)),
  -- the last wallet that was taken, and whether there are more behind it
  position_connection uuid     not null default '00000000-0000-0000-0000-000000000000',
  position_wallet  uuid        not null default '00000000-0000-0000-0000-000000000000',
  walked           boolean     not null default false,
  chunks           integer     not null default 0
);

-- what every node looks at twice a second: empty while no run goes on
create index sync_run_running on sync_run (run_id) where state = 'RUNNING';

create table sync_run_chunk (
  run_id      uuid        not null references sync_run,
  chunk_no    integer     not null,
  wallets     uuid[]      not null,
  attempts    integer     not null,
  lease_token uuid        not null,
  lease_until timestamptz not null,
  primary key (run_id, chunk_no)
);

create table sync_run_failure (
  run_id    uuid        not null references sync_run,
  wallet_id uuid        not null,
  reason    text        not null,
  detail    text        not null,
  failed_at timestamptz not null,
  primary key (run_id, wallet_id)
);

-- The walk. None of its columns changes when a wallet is synced, so that a moved confirmation still
-- needs no new index entry.
create index wallet_walk on wallet (connection_id, wallet_id) include (provider)
  where status <> 'CLOSED';
