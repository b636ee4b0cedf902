alter table wallet_balance_snapshot
  drop constraint wallet_balance_snapshot_wallet_id_as_of_key,
  add constraint wallet_balance_snapshot_wallet_id_as_of_key unique (wallet_id, as_of);

drop index late_reading_time;
