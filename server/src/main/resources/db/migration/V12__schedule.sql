-- When each wallet is synced by itself. Narrow and apart from the wallet's wide row, whose updates
-- would touch an index otherwise; on the coordinator of a distributed database, because its rows
-- are locked. A wallet is never deleted, so its row here needs no foreign key.

create table wallet_schedule (
  wallet_id   uuid        primary key,
  provider    text        not null,
  -- when its next turn begins; while it has one, when the lease ends; null while paused or closed
  due_at      timestamptz,
  lease_token uuid        check (lease_token is null or due_at is not null),
  -- how many turns failed in a row
  failures    integer     not null check (failures >= 0),
  -- the present interval of an adaptive schedule
  pace_millis integer     check (pace_millis > 0)
)
-- each turn writes a row twice: room on the page, so that the second version stays beside the first
with (fillfactor = 70);

-- The wallets of one provider account share their calls, so they begin together; accounts are
-- spread over the standard interval. Filled before the wallets are locked, which then is short.
insert into wallet_schedule (wallet_id, provider, due_at, failures)
select wallet_id, provider,
       case when status = 'ACTIVE'
            then clock_timestamp()
                 + abs(hashtext(connection_id::text || provider_account_id)::bigint) % 300000
                   * interval '1 millisecond'
       end,
       0
  from wallet
 where status <> 'CLOSED';

create index wallet_schedule_due on wallet_schedule (provider, due_at) where due_at is not null;

-- Own intervals; null for those of the connection, and there for the standard ones. Not validated:
-- there is nothing yet to validate, and looking at all rows takes time.
alter table connection
  add column sync_interval_seconds integer,
  add column sync_slowest_seconds  integer,
  add constraint connection_schedule check (
    sync_interval_seconds between 10 and 86400
    and sync_slowest_seconds between sync_interval_seconds and 86400
    or sync_interval_seconds between 10 and 86400 and sync_slowest_seconds is null
    or sync_interval_seconds is null and sync_slowest_seconds is null) not valid;
alter table wallet
  add column sync_interval_seconds integer,
  add column sync_slowest_seconds  integer,
  add constraint wallet_own_schedule check (
    sync_interval_seconds between 10 and 86400
    and sync_slowest_seconds between sync_interval_seconds and 86400
    or sync_interval_seconds between 10 and 86400 and sync_slowest_seconds is null
    or sync_interval_seconds is null and sync_slowest_seconds is null) not valid;

-- Those that were registered while the table was filled. Ids grow with time: the newest suffice,
-- and some more, since clocks differ.
insert into wallet_schedule (wallet_id, provider, due_at, failures)
select wallet_id, provider,
       case when status = 'ACTIVE' then clock_timestamp() + interval '5 minutes' end, 0
  from wallet
 where status <> 'CLOSED'
   and wallet_id > coalesce((select wallet_id from wallet_schedule
                              order by wallet_id desc
                             offset 1000 limit 1),
                            '00000000-0000-0000-0000-000000000000')
   and not exists (select 1 from wallet_schedule as place where place.wallet_id = wallet.wallet_id);
