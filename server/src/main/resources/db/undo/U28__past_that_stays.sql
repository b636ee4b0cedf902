-- drops records: wallet_closure
-- Until when late readings stood is lost too: migrated again, each counts until it was recorded.
drop table wallet_closure;
alter table late_reading drop column stands_until;
