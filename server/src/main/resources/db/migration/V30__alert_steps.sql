-- Who made a rule: what somebody who sees more relies on is not changed by who sees less. Null where it
-- was made before this was written down.
alter table alert_rule
  add column made_by uuid,
  -- the connections that the API key was limited to then; null for none
  add column made_within uuid[];

-- Which step of an alert's life a transition is: events are read in the order in which transactions
-- began, which is not always that in which they took the alert.
alter table alert add column step integer not null default 1 check (step > 0);
alter table alert_transition add column step integer check (step > 0);

-- A role that is owner and application has no right to change these, and gives it to itself for this
-- moment.
alter table alert_transition disable trigger alert_transition_is_append_only;
do $steps$
declare
  may_change constant boolean := has_table_privilege('alert_transition', 'update');
begin
  if not may_change then
    grant update on alert, alert_transition to current_user;
  end if;
  update alert_transition
     set step = counted.step
    from (select alert_id, transition_id,
                 row_number() over (partition by alert_id order by transition_id) as step
            from alert_transition) as counted
   where alert_transition.alert_id = counted.alert_id
     and alert_transition.transition_id = counted.transition_id;
  update alert
     set step = counted.step
    from (select alert_id, max(step) as step from alert_transition group by alert_id) as counted
   where alert.alert_id = counted.alert_id;
  if not may_change then
    revoke update on alert, alert_transition from current_user;
  end if;
end
$steps$;
alter table alert_transition enable trigger alert_transition_is_append_only;

-- Servers of the release before know no steps, and may go on while the schema is ahead of them.
create function count_alert_step() returns trigger language plpgsql as $$
begin
  if new.step is null then
    select coalesce(max(step), 0) + 1 into new.step
      from alert_transition where alert_id = new.alert_id;
    update alert set step = new.step where alert_id = new.alert_id and step <> new.step;
  end if;
  return new;
end
$$;
create trigger alert_step_is_counted
  before insert on alert_transition
  for each row execute function count_alert_step();

alter table alert_transition
  alter column step set not null,
  add constraint alert_transition_step unique (alert_id, step);

-- How many a rule opened within the last minute.
create index alert_opened on alert (rule_id, opened_at) where wallet_id is not null;
