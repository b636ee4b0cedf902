-- Late readings are few, and found by their times: what was true at a time, and what lies between two.
create index late_reading_time on late_reading (wallet_id, call_started_at);

-- What a curve is made of lies in the index that keeps times unique: the states of a month are read
-- there, not on as many pages of the table. No further index, and no further entry for a snapshot.
alter table wallet_balance_snapshot
  drop constraint wallet_balance_snapshot_wallet_id_as_of_key,
  add constraint wallet_balance_snapshot_wallet_id_as_of_key
    unique (wallet_id, as_of) include (sequence, available);
