-- Money of wallets that is set aside for payouts. On the coordinator of a distributed database,
-- because it is read and written under the wallet's lock. Kept for ever: a reference stands for one
-- payout. References wallets by value. What was set aside, for what and when never changes: the
-- application may write only the columns from examined_sequence on again.
create table payout_reservation (
  reservation_id     uuid            primary key,
  wallet_id          uuid            not null,
  reference          text            not null,
  currency           text            not null,
  amount             numeric(36, 18) not null check (amount > 0),
  made_at            timestamptz     not null,
  made_by            text            not null,
  made_sequence      bigint          not null,
  expected_by        timestamptz     not null,
  -- the newest snapshot whose change was looked at for it
  examined_sequence  bigint          not null,
  state              text            not null
    check (state in ('HELD', 'CONFIRMED', 'RELEASED', 'COVERED')),
  confirmed_at       timestamptz,
  confirmed_by       text,
  movement_reference text,
  ended_at           timestamptz,
  ended_by           text,
  ended_sequence     bigint,
  movement_key       text,
  note               text,
  never_left         boolean,
  unique (wallet_id, reference),
  check ((confirmed_at is null) = (confirmed_by is null)),
  check (movement_reference is null or confirmed_at is not null),
  check ((ended_at is null) = (ended_by is null) and (ended_at is null) = (ended_sequence is null)
         and (ended_at is null) = (never_left is null)),
  check ((state in ('RELEASED', 'COVERED')) = (ended_at is not null)),
  check (state <> 'HELD' or confirmed_at is null),
  check (state <> 'CONFIRMED' or confirmed_at is not null)
);

create index payout_reservation_of_wallet on payout_reservation (wallet_id, reservation_id);
create index payout_reservation_open on payout_reservation (wallet_id, reservation_id)
  where state in ('HELD', 'CONFIRMED');
create index payout_reservation_ended on payout_reservation (wallet_id, ended_sequence)
  where ended_sequence is not null;
create index payout_reservation_released on payout_reservation (wallet_id, ended_at)
  where state = 'RELEASED' and not never_left;

-- which movement a payout made
create index provider_movement_by_reference on provider_movement (wallet_id, reference)
  where reference is not null;
