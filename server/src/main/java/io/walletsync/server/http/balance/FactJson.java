package io.walletsync.server.http.balance;

import io.walletsync.core.balance.Balance;
import io.walletsync.core.balance.BalanceFact;
import io.walletsync.core.balance.ExternalBalanceId;
import io.walletsync.core.balance.Source;
import io.walletsync.core.balance.WalletBalanceSnapshot;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A fact of the history as the API shows it, with both of its times.
 *
 * @param kind snapshot or late_reading
 * @param snapshotId null for a late reading, and so is the sequence
 * @param readingId null for a snapshot
 * @param asOf since when it was so
 * @param recordedAt since when we know it
 * @param standsUntil of a late reading; a snapshot stands until the next one
 */
@JsonNaming(SnakeCaseStrategy.class)
record FactJson(
    String kind,
    @Nullable UUID snapshotId,
    @Nullable UUID readingId,
    UUID walletId,
    @Nullable Long sequence,
    String balance,
    @Nullable String ledgerBalance,
    @Nullable String lockedBalance,
    String currency,
    @Nullable String externalBalanceId,
    Instant asOf,
    @Nullable Instant standsUntil,
    @Nullable Instant providerTime,
    Instant observedAt,
    Instant recordedAt,
    String source,
    Map<String, String> metadata) {

  static FactJson of(BalanceFact fact) {
    return switch (fact) {
      case BalanceFact.Snapshot(var snapshot) -> of(snapshot);
      case BalanceFact.Late late -> of(late);
    };
  }

  static FactJson of(WalletBalanceSnapshot snapshot) {
    var balance = snapshot.balance();
    return new FactJson(
        "snapshot",
        snapshot.snapshotId(),
        null,
        snapshot.walletId().value(),
        snapshot.sequence(),
        balance.available().toDecimalString(),
        SnapshotJson.text(balance.ledger()),
        SnapshotJson.text(balance.locked()),
        balance.currency().value(),
        text(snapshot.externalId()),
        snapshot.asOf(),
        null,
        snapshot.providerTime(),
        snapshot.observedAt(),
        snapshot.createdAt(),
        text(snapshot.source()),
        snapshot.metadata().entries());
  }

  private static FactJson of(BalanceFact.Late late) {
    Balance balance = late.balance();
    return new FactJson(
        "late_reading",
        null,
        late.id(),
        late.walletId().value(),
        null,
        balance.available().toDecimalString(),
        SnapshotJson.text(balance.ledger()),
        SnapshotJson.text(balance.locked()),
        balance.currency().value(),
        text(late.externalId()),
        late.trueFrom(),
        late.standsUntil(),
        late.providerTime(),
        late.observedAt(),
        late.recordedAt(),
        text(late.source()),
        late.metadata().entries());
  }

  private static @Nullable String text(@Nullable ExternalBalanceId id) {
    return id == null ? null : id.value();
  }

  private static String text(Source source) {
    return source.name().toLowerCase(Locale.ROOT);
  }
}
