-- What a business plans to pay out of a wallet, and what shall stay in it. On the coordinator of a
-- distributed database, because it is written under the wallet's lock. References wallets by value.
create table outflow_plan (
  wallet_id  uuid            primary key,
  currency   text            not null,
  minimum    numeric(36, 18) not null check (minimum >= 0),
  changed_at timestamptz     not null,
  changed_by text            not null
);

create table planned_outflow (
  wallet_id uuid            not null,
  reference text            not null,
  pay_at    timestamptz     not null,
  amount    numeric(36, 18) not null check (amount > 0),
  primary key (wallet_id, reference)
);
