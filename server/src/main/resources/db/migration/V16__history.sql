-- Late readings are few, and found by their times: what was true at a time, and what lies between two.
create index late_reading_time on late_reading (wallet_id, call_started_at);
