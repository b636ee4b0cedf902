-- What one node does for all, now and then: db-scheduler's table. Its rows are locked, so it lives on
-- the coordinator of a distributed database. A handful of rows: its indexes are the primary key's.
create table recurring_task (
  task_name            text        not null,
  task_instance        text        not null,
  task_data            bytea,
  execution_time       timestamptz not null,
  picked               boolean     not null,
  picked_by            text,
  last_success         timestamptz,
  last_failure         timestamptz,
  consecutive_failures integer,
  last_heartbeat       timestamptz,
  version              bigint      not null,
  priority             smallint,
  primary key (task_name, task_instance)
)
-- a row is changed every few seconds: room on the page keeps that cheap
with (fillfactor = 50);
