drop index wallet_schedule_failing;
drop index wallet_changed;
