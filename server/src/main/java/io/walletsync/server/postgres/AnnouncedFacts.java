package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.array;

import io.walletsync.core.balance.QuarantinedReading;
import io.walletsync.core.balance.WalletBalanceSnapshot;
import io.walletsync.core.notification.Notification;
import io.walletsync.core.notification.Notification.BalanceChanged;
import io.walletsync.core.notification.Notification.Occurrence;
import io.walletsync.core.notification.Notification.ReadingQuarantined;
import io.walletsync.core.notification.Notification.ReadingSettled;
import io.walletsync.core.notification.Outbox.Entry;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.server.postgres.PostgresOutbox.Row;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Looks up what events of the outbox tell of: it is never deleted, so it is there. */
final class AnnouncedFacts {
  private static final TypeReference<TreeMap<String, @Nullable String>> TEXTS =
      new TypeReference<>() {};

  private final JdbcClient jdbc;

  AnnouncedFacts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<Entry> of(List<Row> rows) {
    var snapshots = snapshots(rows);
    var readings = readings(rows);
    return rows.stream()
        .map(row -> new Entry(row.place(), notification(row, snapshots, readings)))
        .toList();
  }

  private static Notification notification(
      Row row, Map<Key, WalletBalanceSnapshot> snapshots, Map<UUID, QuarantinedReading> readings) {
    return switch (row.kind()) {
      case BALANCE_CHANGED ->
          new BalanceChanged(
              row.place().id(),
              row.about().orElseThrow().connection(),
              snapshots.get(Key.of(row, -1)),
              Objects.requireNonNull(snapshots.get(Key.of(row, 0))));
      case READING_QUARANTINED -> new ReadingQuarantined(row.place().id(), reading(row, readings));
      case READING_SETTLED ->
          new ReadingSettled(row.place().id(), reading(row, readings), row.occurredAt());
      case SYNC_FAILING,
          SYNC_RECOVERED,
          RECONCILIATION_DIFFERS,
          RECONCILIATION_SETTLED,
          ALERT_OPENED,
          ALERT_RESOLVED ->
          new Occurrence(
              row.place().id(),
              row.kind(),
              row.about(),
              row.occurredAt(),
              JsonMapper.shared().readValue(Objects.requireNonNull(row.facts()), TEXTS));
    };
  }

  private static QuarantinedReading reading(Row row, Map<UUID, QuarantinedReading> readings) {
    return Objects.requireNonNull(readings.get(Objects.requireNonNull(row.reading())));
  }

  /** Those that came, and the ones that they followed. */
  private Map<Key, WalletBalanceSnapshot> snapshots(List<Row> rows) {
    var keys = new HashSet<Key>();
    for (var row : rows) {
      if (row.sequence() > 0) {
        keys.add(Key.of(row, 0));
        keys.add(Key.of(row, -1));
      }
    }
    var found = new HashMap<Key, WalletBalanceSnapshot>();
    if (!keys.isEmpty()) {
      jdbc.sql(
              """
              select snapshot.*
                from unnest((select ?::uuid[]), ?::bigint[]) as wanted (wallet_id, sequence)
                join wallet_balance_snapshot as snapshot using (wallet_id, sequence)
              """)
          .param(array("uuid", keys, key -> key.wallet().value()))
          .param(array("bigint", keys, Key::sequence))
          .query((row, _) -> SnapshotRow.ofHistory(row))
          .list()
          .forEach(it -> found.put(new Key(it.walletId(), it.sequence()), it));
    }
    return found;
  }

  private Map<UUID, QuarantinedReading> readings(List<Row> rows) {
    var ids = rows.stream().map(Row::reading).filter(Objects::nonNull).toList();
    return ids.isEmpty()
        ? Map.of()
        : jdbc
            .sql("select * from quarantined_reading where reading_id = any (?)")
            .param(array("uuid", ids, id -> id))
            .query((row, _) -> QuarantineRow.own(row))
            .list()
            .stream()
            .collect(
                Collectors.toUnmodifiableMap(QuarantinedReading::readingId, Function.identity()));
  }

  private record Key(WalletId wallet, long sequence) {
    static Key of(Row row, int offset) {
      return new Key(row.about().orElseThrow().wallet(), row.sequence() + offset);
    }
  }
}
