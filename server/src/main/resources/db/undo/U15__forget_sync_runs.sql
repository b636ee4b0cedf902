drop index sync_run_finished;
