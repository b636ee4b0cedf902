-- When a wallet was closed that was opened again: what was counted then does not change by that. Of one
-- that is still closed, its own row tells since when.
create table wallet_closure (
  wallet_id   uuid        not null,
  closed_at   timestamptz not null,
  reopened_at timestamptz not null check (closed_at < reopened_at),
  primary key (wallet_id, closed_at)
);

create trigger wallet_closure_is_append_only
  before update or delete or truncate on wallet_closure
  for each statement execute function refuse_change();

-- Those of before, as the audit trail tells them.
insert into wallet_closure (wallet_id, closed_at, reopened_at)
select subject_id, occurred_at, next_at
  from (select subject_id, action, occurred_at,
               lead(action) over later as next_action, lead(occurred_at) over later as next_at
          from audit_entry
         where action = 'close_wallet' and outcome = 'closed'
            or action = 'register_wallet' and outcome = 'reopened'
        window later as (partition by subject_id order by occurred_at, entry_id)) as told
 where action = 'close_wallet' and next_action = 'register_wallet' and occurred_at < next_at
    on conflict do nothing;

-- Until when a late reading can have been so: until a younger call told the balance. Null for those of
-- before, of which it is not kept; they count until they were recorded. Last: readers wait for its lock.
alter table late_reading add column stands_until timestamptz;
