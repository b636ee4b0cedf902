package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.array;
import static io.walletsync.server.postgres.Columns.timestamp;
import static io.walletsync.server.postgres.Columns.uuid;

import io.walletsync.core.money.Difference;
import io.walletsync.core.reconciliation.Comparison;
import io.walletsync.core.reconciliation.Reconciliation;
import io.walletsync.core.reconciliation.Reconciliations.Look;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * Writes reconciliations, many rows at a time. Nothing is locked beforehand: a unique key decides
 * who records a revision, and each change names the state it starts from.
 */
final class ReconciliationChanges {
  private final JdbcClient jdbc;

  ReconciliationChanges(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** In the order of the key, so that two who add the same wait in one direction. */
  Set<UUID> add(Collection<Reconciliation> rows) {
    return jdbc.sql(
            """
            insert into reconciliation (
                     reconciliation_id, wallet_id, connection_id, provider, currency, expected,
                     as_of, reference, revision, tolerance, lag_seconds, recorded_by, recorded_at,
                     state)
            select *, 'PENDING'
              from unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::numeric[],
                          ?::timestamptz[], ?::text[], ?::integer[], ?::numeric[], ?::integer[],
                          ?::text[], ?::timestamptz[])
                as added (
                     reconciliation_id, wallet_id, connection_id, provider, currency, expected,
                     as_of, reference, revision, tolerance, lag_seconds, recorded_by, recorded_at)
             order by wallet_id, as_of, reference
                on conflict (wallet_id, as_of, reference, revision) do nothing
            returning reconciliation_id
            """)
        .params(
            array("uuid", rows, Reconciliation::id),
            array("uuid", rows, row -> row.expected().walletId().value()),
            array("uuid", rows, row -> row.connectionId().value()),
            array("text", rows, row -> row.provider().value()),
            array("text", rows, row -> row.expected().amount().currency().value()),
            array("numeric", rows, row -> row.expected().amount().amount()),
            array("timestamptz", rows, row -> row.expected().asOf()),
            array("text", rows, row -> row.expected().reference()),
            array("integer", rows, Reconciliation::revision),
            array("numeric", rows, row -> row.expected().tolerance().amount()),
            array("integer", rows, row -> (int) row.expected().lag().toSeconds()),
            array("text", rows, Reconciliation::recordedBy),
            array("timestamptz", rows, Reconciliation::recordedAt))
        .query((row, _) -> uuid(row, "reconciliation_id"))
        .set();
  }

  /** Ends what the revisions before these left undecided. */
  void correctEarlier(Collection<Reconciliation> rows) {
    jdbc.sql(
            """
            update reconciliation as earlier
               set corrected_by = later.id,
                   state = case when state in ('PENDING', 'OPEN') then 'RESOLVED' else state end,
                   how = case when state in ('PENDING', 'OPEN') then 'CORRECTED' else how end,
                   settled_at =
                     case when state in ('PENDING', 'OPEN') then later.at else settled_at end,
                   settled_by =
                     case when state in ('PENDING', 'OPEN') then later.by else settled_by end,
                   through = case when state in ('PENDING', 'OPEN') then later.id else through end
              from unnest(?::uuid[], ?::uuid[], ?::timestamptz[], ?::text[], ?::integer[],
                          ?::timestamptz[], ?::text[])
                as later (id, wallet_id, as_of, reference, revision, at, by)
             where earlier.wallet_id = later.wallet_id and earlier.as_of = later.as_of
               and earlier.reference = later.reference and earlier.revision < later.revision
               and earlier.corrected_by is null
            """)
        .params(
            array("uuid", rows, Reconciliation::id),
            array("uuid", rows, row -> row.expected().walletId().value()),
            array("timestamptz", rows, row -> row.expected().asOf()),
            array("text", rows, row -> row.expected().reference()),
            array("integer", rows, Reconciliation::revision),
            array("timestamptz", rows, Reconciliation::recordedAt),
            array("text", rows, Reconciliation::recordedBy))
        .update();
  }

  /** Returns which of them were pending still. */
  Set<UUID> looked(Collection<Look> looks) {
    return jdbc.sql(
            """
            update reconciliation
               set state = look.state, known_until = look.known_until, verdict = look.verdict,
                   balance = look.balance, drift = look.drift, explained = look.explained,
                   unexplained = look.unexplained, nearest_at = look.nearest_at,
                   compared_at = look.compared_at
              from unnest(?::uuid[], ?::text[], ?::timestamptz[], ?::text[], ?::numeric[],
                          ?::numeric[], ?::numeric[], ?::numeric[], ?::timestamptz[],
                          ?::timestamptz[])
                as look (id, state, known_until, verdict, balance, drift, explained, unexplained,
                         nearest_at, compared_at)
             where reconciliation_id = look.id and reconciliation.state = 'PENDING'
            returning reconciliation_id
            """)
        .params(lookColumns(looks))
        .query((row, _) -> uuid(row, "reconciliation_id"))
        .set();
  }

  /** Of open ones; one that agrees after all is resolved. */
  Set<UUID> foundMore(Collection<Look> looks, String by) {
    return jdbc.sql(
            """
            update reconciliation
               set known_until = look.known_until, verdict = look.verdict, balance = look.balance,
                   drift = look.drift, explained = look.explained, unexplained = look.unexplained,
                   nearest_at = look.nearest_at, compared_at = look.compared_at,
                   state = case look.verdict when 'AGREES' then 'RESOLVED' else 'OPEN' end,
                   how = case look.verdict when 'AGREES' then 'AGREED_AFTER_ALL' end,
                   settled_at = case look.verdict when 'AGREES' then look.compared_at end,
                   settled_by = case look.verdict when 'AGREES' then ? end
              from unnest(?::uuid[], ?::text[], ?::timestamptz[], ?::text[], ?::numeric[],
                          ?::numeric[], ?::numeric[], ?::numeric[], ?::timestamptz[],
                          ?::timestamptz[])
                as look (id, state, known_until, verdict, balance, drift, explained, unexplained,
                         nearest_at, compared_at)
             where reconciliation_id = look.id and reconciliation.state = 'OPEN'
               and look.verdict in ('AGREES', 'DIFFERS')
            returning reconciliation_id
            """)
        .param(by)
        .params(lookColumns(looks))
        .query((row, _) -> uuid(row, "reconciliation_id"))
        .set();
  }

  private static Object[] lookColumns(Collection<Look> looks) {
    return new Object[] {
      array("uuid", looks, Look::id),
      array("text", looks, look -> Reconciliation.State.after(look.comparison()).name()),
      array("timestamptz", looks, Look::knownUntil),
      array("text", looks, look -> of(look, it -> it.verdict().name())),
      array("numeric", looks, look -> of(look, ReconciliationChanges::balance)),
      array("numeric", looks, look -> of(look, it -> value(it.drift()))),
      array("numeric", looks, look -> of(look, it -> value(it.explained()))),
      array("numeric", looks, look -> of(look, it -> value(it.unexplained()))),
      array("timestamptz", looks, look -> of(look, Comparison::nearestAt)),
      array("timestamptz", looks, look -> of(look, Comparison::comparedAt))
    };
  }

  /** As they stand on the rows of these. */
  void keepComparisons(Set<UUID> decided) {
    jdbc.sql(
            """
            insert into reconciliation_comparison (
                     wallet_id, reconciliation_id, compared_at, verdict, currency, balance, drift,
                     explained, unexplained, nearest_at)
            select wallet_id, reconciliation_id, compared_at, verdict, currency, balance, drift,
                   explained, unexplained, nearest_at
              from reconciliation
             where reconciliation_id = any (?)
            """)
        .param(array("uuid", decided, id -> id))
        .update();
  }

  private static @Nullable Object of(
      Look look, Function<Comparison, ? extends @Nullable Object> part) {
    var comparison = look.comparison();
    return comparison == null ? null : part.apply(comparison);
  }

  private static @Nullable BigDecimal balance(Comparison comparison) {
    var balance = comparison.balance();
    return balance == null ? null : balance.amount();
  }

  private static @Nullable BigDecimal value(@Nullable Difference difference) {
    return difference == null ? null : difference.value();
  }

  /** Each through the first agreement after it. */
  List<Reconciliation> resolveAgreed(@Nullable SqlArrayValue wallets, Instant at, String by) {
    return jdbc.sql(
            """
            with followed as (
              select opened.reconciliation_id as id,
                     (select agreed.reconciliation_id
                        from reconciliation as agreed
                       where agreed.wallet_id = opened.wallet_id and agreed.as_of > opened.as_of
                         and agreed.state = 'AGREED' and agreed.corrected_by is null
                       order by agreed.as_of, agreed.reconciliation_id
                       limit 1) as through
                from reconciliation as opened
               where opened.state = 'OPEN' and\s"""
                + (wallets == null ? "true" : "opened.wallet_id = any (:wallets::uuid[])")
                + """
            )
            update reconciliation as opened
               set state = 'RESOLVED', how = 'AGREED_LATER', settled_at = :at, settled_by = :by,
                   through = followed.through
              from followed
             where opened.reconciliation_id = followed.id and followed.through is not null
               and opened.state = 'OPEN'
            returning opened.*
            """)
        .param("wallets", wallets)
        .param("at", timestamp(at))
        .param("by", by)
        .query((row, _) -> ReconciliationRow.reconciliation(row))
        .list();
  }
}
