-- What the user's own books say a wallet held, and how it compares. On the coordinator of a
-- distributed database, because it is worked on beside the wallets. Kept for ever. References wallets
-- by value, as history does. What was said never changes: the application may write only the columns
-- from state on again.
create table reconciliation (
  reconciliation_id uuid            primary key,
  wallet_id         uuid            not null,
  connection_id     uuid            not null,
  provider          text            not null,
  currency          text            not null,
  expected          numeric(36, 18) not null,
  as_of             timestamptz     not null,
  reference         text            not null,
  revision          integer         not null check (revision > 0),
  tolerance         numeric(36, 18) not null check (tolerance >= 0),
  lag_seconds       integer         not null check (lag_seconds >= 0),
  recorded_by       text            not null,
  recorded_at       timestamptz     not null,
  state             text            not null
    check (state in ('PENDING', 'UNKNOWN', 'AGREED', 'OPEN', 'ACCEPTED', 'RESOLVED')),
  known_until       timestamptz,
  -- when an open one was last taken for another look
  looked_at         timestamptz,
  -- the newest comparison; a difference may need two digits more than an amount
  verdict           text            check (verdict in ('AGREES', 'DIFFERS', 'UNKNOWN')),
  balance           numeric(36, 18),
  drift             numeric(38, 18),
  explained         numeric(38, 18),
  unexplained       numeric(38, 18),
  nearest_at        timestamptz,
  compared_at       timestamptz,
  how               text            check (how in ('ACCEPTED', 'RESOLVED', 'AGREED_LATER', 'AGREED_AFTER_ALL',
                                             'CORRECTED')),
  settled_at        timestamptz,
  settled_by        text,
  note              text,
  through           uuid,
  corrected_by      uuid,
  unique (wallet_id, as_of, reference, revision),
  check ((verdict is null) = (compared_at is null)),
  check ((state in ('ACCEPTED', 'RESOLVED')) = (how is not null)),
  check ((how is null) = (settled_at is null) and (how is null) = (settled_by is null))
);

create index reconciliation_of_wallet on reconciliation (wallet_id, reconciliation_id);
create index reconciliation_of_connection on reconciliation (connection_id, reconciliation_id);
create index reconciliation_pending on reconciliation (reconciliation_id) where state = 'PENDING';
create index reconciliation_open on reconciliation (reconciliation_id) where state = 'OPEN';
create index reconciliation_settled on reconciliation (state, reconciliation_id)
  where state in ('UNKNOWN', 'ACCEPTED', 'RESOLVED');
-- which agreement follows an open one: one step, however many open ones lie between
create index reconciliation_agreed on reconciliation (wallet_id, as_of, reconciliation_id)
  where state = 'AGREED' and corrected_by is null;

-- Every comparison that decided something, for ever: what a later one finds erases none before it.
create table reconciliation_comparison (
  wallet_id         uuid            not null,
  reconciliation_id uuid            not null,
  compared_at       timestamptz     not null,
  verdict           text            not null,
  currency          text            not null,
  balance           numeric(36, 18),
  drift             numeric(38, 18),
  explained         numeric(38, 18),
  unexplained       numeric(38, 18),
  nearest_at        timestamptz,
  primary key (wallet_id, reconciliation_id, compared_at)
);

create trigger reconciliation_comparison_is_append_only
  before update or delete or truncate on reconciliation_comparison
  for each statement execute function refuse_change();
