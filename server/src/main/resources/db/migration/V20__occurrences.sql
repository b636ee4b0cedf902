-- What no other table keeps is told with its facts, and may be about no wallet in particular.
alter table outbox_event
  alter column wallet_id drop not null,
  alter column connection_id drop not null,
  add column facts jsonb,
  drop constraint outbox_event_check,
  add constraint outbox_event_check check (num_nonnulls(sequence, reading_id, facts) = 1),
  add constraint outbox_event_wallet_check
    check (num_nulls(wallet_id, connection_id) = 0
           or facts is not null and num_nulls(wallet_id, connection_id) = 2);
