drop trigger alert_step_is_counted on alert_transition;
drop function count_alert_step();
alter table alert_rule drop column made_within, drop column made_by;
drop index alert_opened;
alter table alert_transition drop column step;
alter table alert drop column step;
