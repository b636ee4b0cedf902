-- What was found of each wallet's movements, added up as it is found, so that nobody has to read all
-- of it to say how much there is: how many holes, and what is unexplained with and without signs.
alter table movement_import
  add column holes               bigint          not null default 0,
  add column unexplained_changes bigint          not null default 0,
  add column unexplained_net     numeric(60, 18) not null default 0,
  add column unexplained_amount  numeric(60, 18) not null default 0,
  -- of the amounts; null where there never were any
  add column unexplained_in      text;

insert into movement_import (wallet_id, failures, holes)
select wallet_id, 0, count(*) from movement_hole group by wallet_id
    on conflict (wallet_id) do update set holes = excluded.holes;

insert into movement_import (wallet_id, failures, unexplained_changes, unexplained_net,
                             unexplained_amount, unexplained_in)
select wallet_id, 0, count(*), sum(amount), sum(abs(amount)), min(currency)
  from unexplained_change group by wallet_id
    on conflict (wallet_id) do update
   set unexplained_changes = excluded.unexplained_changes,
       unexplained_net = excluded.unexplained_net,
       unexplained_amount = excluded.unexplained_amount,
       unexplained_in = excluded.unexplained_in;

create index movement_import_holes on movement_import (wallet_id) include (holes)
  where holes > 0;
create index movement_import_unexplained on movement_import (wallet_id)
  include (unexplained_in, unexplained_amount)
  where unexplained_changes > 0;
-- the wallet that waits longest
create index movement_import_ended on movement_import (ended_at) where due_at is not null;

-- the holes of a wallet by their times
create index movement_hole_by_time on movement_hole (wallet_id, before_at, before_key);

-- what the books said of a period, of all wallets
create index reconciliation_of_period on reconciliation (as_of);
