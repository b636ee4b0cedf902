drop index alert_opened;
alter table alert_transition drop column step;
alter table alert drop column step;
