-- Runs that are over are forgotten after a while, oldest first.
create index sync_run_finished on sync_run (finished_at) where finished_at is not null;
