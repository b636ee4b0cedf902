-- Where rules find what is worth a look, without reading all wallets. A confirmation moves neither
-- column, so it needs no new entry.
create index wallet_changed on wallet (updated_at, wallet_id);
create index wallet_schedule_failing on wallet_schedule (wallet_id) where failures >= 3;
