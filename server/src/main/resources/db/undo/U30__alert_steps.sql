alter table alert_rule drop column made_within, drop column made_by;
drop index alert_opened;
alter table alert_transition drop column step;
alter table alert drop column step;
