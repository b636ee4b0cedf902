-- drops records: wallet_closure
drop table wallet_closure;
alter table late_reading drop column stands_until;
