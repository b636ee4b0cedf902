package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.array;
import static io.walletsync.server.postgres.Columns.instant;
import static io.walletsync.server.postgres.Columns.uuidOrNull;

import io.walletsync.core.balance.Balance;
import io.walletsync.core.balance.BalanceSnapshots;
import io.walletsync.core.balance.ExternalBalanceId;
import io.walletsync.core.balance.LateReading;
import io.walletsync.core.balance.LatestBalance;
import io.walletsync.core.balance.QuarantinedReading;
import io.walletsync.core.balance.WalletBalanceSnapshot;
import io.walletsync.core.kernel.RequestKey;
import io.walletsync.core.money.Money;
import io.walletsync.core.wallet.WalletId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * Snapshots in PostgreSQL, and the newest one on the wallet's own row. Everything is written many
 * rows at a time.
 */
final class PostgresBalanceSnapshots implements BalanceSnapshots {
  private static final String WALLET_AND_LATEST =
      PostgresWallets.COLUMNS
          + """
      ,
      latest_sequence, latest_snapshot_id, latest_available, latest_ledger, latest_locked,
      latest_external_balance_id, latest_as_of, latest_provider_time, latest_call_started_at,
      latest_observed_at, latest_source, latest_requester, latest_idempotency_key,
      latest_metadata, latest_created_at, confirmed_at, confirmed_by_call_started_at
      """;

  private final JdbcClient jdbc;

  PostgresBalanceSnapshots(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Map<WalletId, WalletBalance> latest(Set<WalletId> wallets) {
    return jdbc
        .sql(
            "with wallet as (select doubt_id, "
                + WALLET_AND_LATEST
                + """
                     , clock_timestamp() as read_at
                  from wallet
                 where wallet_id = any ((select ?::uuid[])::uuid[]))
                select wallet.*,
                """
                + QuarantineRow.JOINED
                + """
                  from wallet
                  left join quarantined_reading as doubt on doubt.reading_id = wallet.doubt_id
                """)
        .param(array("uuid", wallets, WalletId::value))
        .query((row, _) -> walletBalance(row, QuarantineRow.joined(row)))
        .list()
        .stream()
        .collect(Collectors.toUnmodifiableMap(it -> it.wallet().id(), Function.identity()));
  }

  @Override
  public LockedWallets lock(SequencedSet<WalletId> wallets) {
    return lock(wallets, "");
  }

  @Override
  public LockedWallets lockFree(SequencedSet<WalletId> wallets) {
    return lock(wallets, "skip locked");
  }

  private LockedWallets lock(SequencedSet<WalletId> wallets, String ifLocked) {
    // the time is taken outside of the locking part: after each lock was had, not before
    var locked =
        jdbc.sql(
                "with locked as materialized (select doubt_id, "
                    + WALLET_AND_LATEST
                    + """
                        from wallet where wallet_id = any ((select ?::uuid[])::uuid[])
                         order by wallet_id for update
                    """
                    + ifLocked
                    + """
                    )
                    select locked.*, clock_timestamp() as read_at from locked
                    """)
            .param(array("uuid", wallets, WalletId::value))
            .query((row, _) -> lockedWallet(row))
            .list();
    var lockedAt =
        locked.stream().map(WalletBalance::readAt).max(Instant::compareTo).orElse(Instant.EPOCH);
    return new LockedWallets(
        locked.stream()
            .collect(Collectors.toUnmodifiableMap(w -> w.wallet().id(), Function.identity())),
        lockedAt);
  }

  /**
   * The doubt is read by a statement of its own, which begins when the lock is had: joined to the
   * locking one it would be as old as the wait for the lock.
   */
  private WalletBalance lockedWallet(ResultSet row) throws SQLException {
    var doubt = uuidOrNull(row, "doubt_id");
    return walletBalance(
        row,
        doubt == null
            ? Optional.empty()
            : jdbc.sql("select * from quarantined_reading where reading_id = ?")
                .param(doubt)
                .query((reading, _) -> QuarantineRow.own(reading))
                .optional());
  }

  private static WalletBalance walletBalance(ResultSet row, Optional<QuarantinedReading> doubt)
      throws SQLException {
    return new WalletBalance(
        PostgresWallets.wallet(row), SnapshotRow.ofWallet(row), doubt, instant(row, "read_at"));
  }

  @Override
  public List<WalletBalanceSnapshot> findByExternalId(Map<WalletId, Set<ExternalBalanceId>> ids) {
    var wanted = pairs(ids);
    return jdbc.sql(
            """
            select snapshot.*
              from unnest((select ?::uuid[]), ?::text[]) as wanted (wallet_id, external_balance_id)
              join wallet_balance_snapshot as snapshot using (wallet_id, external_balance_id)
            """)
        .param(array("uuid", wanted, pair -> pair.wallet().value()))
        .param(array("text", wanted, pair -> pair.key().value()))
        .query((row, _) -> SnapshotRow.ofHistory(row))
        .list();
  }

  @Override
  public List<WalletBalanceSnapshot> findByRequestKey(Map<WalletId, Set<RequestKey>> keys) {
    var wanted = pairs(keys);
    return jdbc.sql(
            """
            select snapshot.*
              from unnest((select ?::uuid[]), ?::uuid[], ?::text[])
                as wanted (wallet_id, requester, idempotency_key)
              join wallet_balance_snapshot as snapshot
             using (wallet_id, requester, idempotency_key)
            """)
        .param(array("uuid", wanted, pair -> pair.wallet().value()))
        .param(array("uuid", wanted, pair -> pair.key().requester()))
        .param(array("text", wanted, pair -> pair.key().key().value()))
        .query((row, _) -> SnapshotRow.ofHistory(row))
        .list();
  }

  private static <K> List<Pair<K>> pairs(Map<WalletId, Set<K>> keysByWallet) {
    var pairs = new ArrayList<Pair<K>>();
    keysByWallet.forEach((wallet, keys) -> keys.forEach(key -> pairs.add(new Pair<>(wallet, key))));
    return pairs;
  }

  @Override
  public void append(List<WalletBalanceSnapshot> snapshots) {
    jdbc.sql(
            """
            insert into wallet_balance_snapshot (
                     wallet_id, sequence, snapshot_id, provider, currency, available, ledger,
                     locked, external_balance_id, as_of, provider_time, call_started_at,
                     observed_at, source, requester, idempotency_key, metadata, created_at)
            select wallet_id, sequence, snapshot_id, provider, currency, available, ledger,
                   locked, external_balance_id, as_of, provider_time, call_started_at,
                   observed_at, source, requester, idempotency_key, metadata::jsonb, created_at
              from unnest(?::uuid[], ?::bigint[], ?::uuid[], ?::text[], ?::text[], ?::numeric[],
                          ?::numeric[], ?::numeric[], ?::text[], ?::timestamptz[],
                          ?::timestamptz[], ?::timestamptz[], ?::timestamptz[], ?::text[],
                          ?::uuid[], ?::text[], ?::text[], ?::timestamptz[])
                as snapshot (
                     wallet_id, sequence, snapshot_id, provider, currency, available, ledger,
                     locked, external_balance_id, as_of, provider_time, call_started_at,
                     observed_at, source, requester, idempotency_key, metadata, created_at)
            """)
        .params(
            array("uuid", snapshots, snapshot -> snapshot.walletId().value()),
            array("bigint", snapshots, WalletBalanceSnapshot::sequence),
            array("uuid", snapshots, WalletBalanceSnapshot::snapshotId),
            array("text", snapshots, snapshot -> snapshot.provider().value()),
            array("text", snapshots, snapshot -> snapshot.balance().currency().value()),
            amounts(snapshots, WalletBalanceSnapshot::balance, Balance::available),
            amounts(snapshots, WalletBalanceSnapshot::balance, Balance::ledger),
            amounts(snapshots, WalletBalanceSnapshot::balance, Balance::locked),
            array("text", snapshots, snapshot -> text(snapshot.externalId())),
            array("timestamptz", snapshots, WalletBalanceSnapshot::asOf),
            array("timestamptz", snapshots, WalletBalanceSnapshot::providerTime),
            array("timestamptz", snapshots, WalletBalanceSnapshot::callStartedAt),
            array("timestamptz", snapshots, WalletBalanceSnapshot::observedAt),
            array("text", snapshots, snapshot -> snapshot.source().name()),
            array("uuid", snapshots, snapshot -> requester(snapshot.requestKey())),
            array("text", snapshots, snapshot -> idempotencyKey(snapshot.requestKey())),
            array("text", snapshots, snapshot -> MetadataJson.write(snapshot.metadata())),
            array("timestamptz", snapshots, WalletBalanceSnapshot::createdAt))
        .update();
  }

  @Override
  public void setLatest(Collection<LatestBalance> latest) {
    jdbc.sql(
            """
            update wallet
               set latest_sequence = latest.sequence, latest_snapshot_id = latest.snapshot_id,
                   latest_available = latest.available, latest_ledger = latest.ledger,
                   latest_locked = latest.locked,
                   latest_external_balance_id = latest.external_balance_id,
                   latest_as_of = latest.as_of, latest_provider_time = latest.provider_time,
                   latest_call_started_at = latest.call_started_at,
                   latest_observed_at = latest.observed_at, latest_source = latest.source,
                   latest_requester = latest.requester,
                   latest_idempotency_key = latest.idempotency_key,
                   latest_metadata = latest.metadata::jsonb,
                   latest_created_at = latest.created_at, confirmed_at = latest.confirmed_at,
                   confirmed_by_call_started_at = latest.confirmed_by_call_started_at
              from unnest((select ?::uuid[]), ?::bigint[], ?::uuid[], ?::numeric[], ?::numeric[],
                          ?::numeric[], ?::text[], ?::timestamptz[], ?::timestamptz[],
                          ?::timestamptz[], ?::timestamptz[], ?::text[], ?::uuid[], ?::text[],
                          ?::text[], ?::timestamptz[], ?::timestamptz[], ?::timestamptz[])
                as latest (
                     wallet_id, sequence, snapshot_id, available, ledger, locked,
                     external_balance_id, as_of, provider_time, call_started_at, observed_at,
                     source, requester, idempotency_key, metadata, created_at, confirmed_at,
                     confirmed_by_call_started_at)
             where wallet.wallet_id = latest.wallet_id
            """)
        .params(
            array("uuid", latest, l -> l.snapshot().walletId().value()),
            array("bigint", latest, l -> l.snapshot().sequence()),
            array("uuid", latest, l -> l.snapshot().snapshotId()),
            amounts(latest, l -> l.snapshot().balance(), Balance::available),
            amounts(latest, l -> l.snapshot().balance(), Balance::ledger),
            amounts(latest, l -> l.snapshot().balance(), Balance::locked),
            array("text", latest, l -> text(l.snapshot().externalId())),
            array("timestamptz", latest, l -> l.snapshot().asOf()),
            array("timestamptz", latest, l -> l.snapshot().providerTime()),
            array("timestamptz", latest, l -> l.snapshot().callStartedAt()),
            array("timestamptz", latest, l -> l.snapshot().observedAt()),
            array("text", latest, l -> l.snapshot().source().name()),
            array("uuid", latest, l -> requester(l.snapshot().requestKey())),
            array("text", latest, l -> idempotencyKey(l.snapshot().requestKey())),
            array("text", latest, l -> MetadataJson.write(l.snapshot().metadata())),
            array("timestamptz", latest, l -> l.snapshot().createdAt()),
            array("timestamptz", latest, LatestBalance::confirmedAt),
            array("timestamptz", latest, LatestBalance::confirmedByCallStartedAt))
        .update();
  }

  @Override
  public void appendLate(List<LateReading> readings) {
    jdbc.sql(
            """
            insert into late_reading (
                     wallet_id, reading_id, currency, available, ledger, locked,
                     external_balance_id, provider_time, call_started_at, observed_at, source,
                     metadata, stands_until, recorded_at)
            select wallet_id, reading_id, currency, available, ledger, locked,
                   external_balance_id, provider_time, call_started_at, observed_at, source,
                   metadata::jsonb, stands_until, recorded_at
              from unnest(?::uuid[], ?::uuid[], ?::text[], ?::numeric[], ?::numeric[],
                          ?::numeric[], ?::text[], ?::timestamptz[], ?::timestamptz[],
                          ?::timestamptz[], ?::text[], ?::text[], ?::timestamptz[],
                          ?::timestamptz[])
                as reading (
                     wallet_id, reading_id, currency, available, ledger, locked,
                     external_balance_id, provider_time, call_started_at, observed_at, source,
                     metadata, stands_until, recorded_at)
            """)
        .params(
            array("uuid", readings, r -> r.observation().wallet().value()),
            array("uuid", readings, LateReading::readingId),
            array("text", readings, r -> r.observation().balance().currency().value()),
            amounts(readings, r -> r.observation().balance(), Balance::available),
            amounts(readings, r -> r.observation().balance(), Balance::ledger),
            amounts(readings, r -> r.observation().balance(), Balance::locked),
            array("text", readings, r -> text(r.observation().externalId())),
            array("timestamptz", readings, r -> r.observation().providerTime()),
            array("timestamptz", readings, r -> r.observation().callStartedAt()),
            array("timestamptz", readings, r -> r.observation().observedAt()),
            array("text", readings, r -> r.observation().source().name()),
            array("text", readings, r -> MetadataJson.write(r.observation().metadata())),
            array("timestamptz", readings, LateReading::standsUntil),
            array("timestamptz", readings, LateReading::recordedAt))
        .update();
  }

  private static <T> SqlArrayValue amounts(
      Collection<T> rows, Function<T, Balance> balance, Function<Balance, @Nullable Money> part) {
    return array("numeric", rows, row -> amount(part.apply(balance.apply(row))));
  }

  private static @Nullable BigDecimal amount(@Nullable Money money) {
    return money == null ? null : money.amount();
  }

  private static @Nullable String text(@Nullable ExternalBalanceId id) {
    return id == null ? null : id.value();
  }

  private static @Nullable UUID requester(@Nullable RequestKey key) {
    return key == null ? null : key.requester();
  }

  private static @Nullable String idempotencyKey(@Nullable RequestKey key) {
    return key == null ? null : key.key().value();
  }

  private record Pair<K>(WalletId wallet, K key) {}
}
