-- Spreads the history over the machines of a Citus cluster. docs/growing.md says when and how.
--
--   psql -v ON_ERROR_STOP=1 -d walletsync -f ops/citus/placement.sql
--
-- Run it on the coordinator as the role that owns the schema, with the servers stopped, after
-- ./walletsync schema migrate, and again after each later migration: what is in its place already
-- is left there. It needs "create extension citus" in this database before.
--
-- Two lists, and every table of the schema is in one of them (a test of WalletSync holds that):
-- history, spread by the wallet or subject that a row is about; and the rest, kept on the coordinator
-- because its rows are locked, or because it is small.

do $placement$
declare
  history constant jsonb := '{
    "wallet_balance_snapshot": "wallet_id",
    "late_reading":            "wallet_id",
    "provider_movement":       "wallet_id",
    "reconciliation_comparison": "wallet_id",
    "wallet_closure":          "wallet_id",
    "audit_entry":             "subject_id"
  }';
  coordinator constant text[] := array[
    'alert',
    'alert_engine',
    'alert_rule',
    'alert_transition',
    'api_key',
    'api_key_secret',
    'bootstrap_secret',
    'call_allowance',
    'connection',
    'delivery',
    'delivery_attempt',
    'event_lane',
    'idempotency_record',
    'installation',
    'movement_hole',
    'movement_import',
    'nonce',
    'outbox_bookmark',
    'outbox_epoch',
    'outbox_event',
    'outflow_plan',
    'payout_reservation',
    'planned_outflow',
    'provider_event',
    'quarantined_reading',
    'reconciliation',
    'recurring_task',
    'retired_webhook_secret',
    'subscription',
    'subscription_secret',
    'unexplained_change',
    'wallet',
    'wallet_schedule',
    'sync_run',
    'sync_run_chunk',
    'sync_run_failure',
    -- Flyway's own: a migration writes it and our tables in one transaction
    'flyway_schema_history'
  ];
  placed text;
  by_column text;
  reference record;
begin
  if to_regclass('pg_dist_partition') is null then
    raise exception 'There is no Citus in this database: create extension citus, then run this again.';
  end if;

  -- A foreign key from or to a distributed table must contain the column it is distributed by, and
  -- history refers to the rest by value. The schema has no such key; one that somebody added goes.
  for reference in
    select conrelid::regclass as owner, conname
      from pg_constraint
     where contype = 'f' and conparentid = 0
       and (conrelid in (select to_regclass(key) from jsonb_object_keys(history) as key)
            or confrelid in (select to_regclass(key) from jsonb_object_keys(history) as key))
  loop
    execute format('alter table %s drop constraint %I', reference.owner, reference.conname);
  end loop;

  -- Distributed tables have no triggers. Those that refuse changes of history are the second lock;
  -- the first, the missing rights of the application's role, reaches every machine.
  for reference in
    select tgrelid::regclass as owner, tgname
      from pg_trigger
     where not tgisinternal
       and tgrelid in (select to_regclass(key) from jsonb_object_keys(history) as key)
  loop
    execute format('drop trigger %I on %s', reference.tgname, reference.owner);
  end loop;

  -- All by a uuid and colocated: what is known of one wallet lies together, its audit entries too.
  for placed, by_column in
    select key, value from jsonb_each_text(history) order by key <> 'wallet_balance_snapshot', key
  loop
    if to_regclass(placed) is not null
       and not exists (select 1 from pg_dist_partition
                        where logicalrelid = to_regclass(placed) and partmethod = 'h') then
      perform create_distributed_table(
        placed::regclass, by_column,
        colocate_with => case placed when 'wallet_balance_snapshot' then 'none'
                                     else 'wallet_balance_snapshot' end);
    end if;
  end loop;

  -- A table that Citus does not know would not be part of a transaction that also writes to the
  -- history: half of a sync could be lost. Tables of a release that is not installed are passed over.
  foreach placed in array coordinator
  loop
    if to_regclass(placed) is not null
       and not exists (select 1 from pg_dist_partition
                        where logicalrelid = to_regclass(placed)) then
      -- with the tables that it refers to or that refer to it
      perform citus_add_local_table_to_metadata(placed::regclass, cascade_via_foreign_keys => true);
    end if;
  end loop;
end
$placement$;
