-- drops records: alert_rule, alert, alert_transition
alter table outbox_event disable trigger outbox_event_is_append_only;
delete from outbox_event where kind in ('alert.opened', 'alert.resolved');
alter table outbox_event enable trigger outbox_event_is_append_only;
drop table alert_transition;
drop table alert;
drop table alert_rule;
drop table alert_engine;
