package io.walletsync.bench;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/**
 * A past for a fleet: of each wallet a chain of snapshots, one in ten of them asked for under a
 * key, and an audit entry for each of those.
 */
final class History {
  /** Snapshots of each wallet. */
  static final int LENGTH = 20;

  /** One statement for each account, which reads nothing but what it has just written. */
  private static final String PAST =
      """
      with made as (
        insert into wallet_balance_snapshot (
                 wallet_id, sequence, snapshot_id, provider, currency, available, ledger, as_of,
                 call_started_at, observed_at, source, requester, idempotency_key, metadata,
                 created_at)
        select wallet_id, sequence, gen_random_uuid(), provider, currency,
               -- never what the stub will tell, or a sync would find nothing changed
               500000 + sequence + abs(hashtext(wallet_id::text)::bigint) % 100 / 100.0,
               253125.82, at, at - interval '200 milliseconds', at,
               case when sequence % 10 = 0 then 'API' else 'SCHEDULE' end,
               case when sequence % 10 = 0 then connection_id end,
               case when sequence % 10 = 0 then gen_random_uuid()::text end, '{}', at
          from wallet
         cross join generate_series(1, ?) as sequence
         cross join lateral (select now() - (? + 1 - sequence) * interval '5 minutes' as at)
                         as moment
         where connection_id = ?
         order by wallet_id, sequence
        returning *
      ), latest as (
        update wallet
           set latest_sequence = sequence, latest_snapshot_id = snapshot_id,
               latest_available = available, latest_ledger = ledger, latest_as_of = as_of,
               latest_call_started_at = call_started_at, latest_observed_at = observed_at,
               latest_source = source, latest_requester = requester,
               latest_idempotency_key = idempotency_key, latest_metadata = made.metadata,
               latest_created_at = made.created_at, confirmed_at = observed_at,
               confirmed_by_call_started_at = call_started_at
          from made
         where made.wallet_id = wallet.wallet_id and sequence = ?
      )
      insert into audit_entry (
               subject_id, entry_id, occurred_at, actor_kind, actor_id, actor_name, actor_address,
               request_id, action, resource, connection_id, outcome, details, canonical)
      select wallet_id,
             (lpad(to_hex((extract(epoch from as_of) * 1000)::bigint), 12, '0') || '7'
              || substr(md5(random()::text), 1, 3) || '8'
              || substr(md5(random()::text), 1, 15))::uuid,
             as_of, 'API_KEY', requester, 'bench', '127.0.0.1', snapshot_id::text, 'sync_balance',
             'wallet_balance_snapshot', requester, 'created', ?::jsonb, ?
        from made
       where idempotency_key is not null
      """;

  private History() {}

  static void write(Fleet fleet, PrintStream progress) throws SQLException {
    var done = 0;
    try (var connection = fleet.database().connect()) {
      connection.setAutoCommit(false);
      for (var account : fleet.connections()) {
        write(connection, account);
        connection.commit();
        if (++done % 16 == 0) {
          progress.printf("  %d of %d accounts have a past%n", done, fleet.connections().size());
        }
      }
    }
    fleet
        .database()
        .execute("vacuum analyze wallet, wallet_balance_snapshot, audit_entry, wallet_schedule");
  }

  private static void write(Connection connection, UUID account) throws SQLException {
    try (var past = connection.prepareStatement(PAST)) {
      past.setInt(1, LENGTH);
      past.setInt(2, LENGTH);
      past.setObject(3, account);
      past.setInt(4, LENGTH);
      past.setString(5, SyncTransactionClient.DETAILS);
      past.setBytes(6, SyncTransactionClient.CANONICAL);
      past.execute();
    }
  }
}
