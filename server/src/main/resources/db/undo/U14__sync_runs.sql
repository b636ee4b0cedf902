-- drops records: sync_run
drop index wallet_walk;
drop table sync_run_failure;
drop table sync_run_chunk;
drop table sync_run;
