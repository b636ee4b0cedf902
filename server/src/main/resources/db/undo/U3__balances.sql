-- drops records: wallet_balance_snapshot, late_reading
drop table late_reading;
drop table wallet_balance_snapshot;
drop function refuse_change();
