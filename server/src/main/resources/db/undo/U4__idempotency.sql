drop table idempotency_record;
