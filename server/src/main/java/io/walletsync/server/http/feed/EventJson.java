package io.walletsync.server.http.feed;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.walletsync.core.balance.Balance;
import io.walletsync.core.balance.WalletBalanceSnapshot;
import io.walletsync.core.notification.Notification;
import io.walletsync.core.notification.Notification.BalanceChanged;
import io.walletsync.core.notification.Notification.Occurrence;
import io.walletsync.core.notification.Notification.ReadingQuarantined;
import io.walletsync.core.notification.Notification.ReadingSettled;
import io.walletsync.server.http.balance.DoubtJson;
import io.walletsync.server.http.balance.QuarantinedReadingJson;
import io.walletsync.server.http.balance.SnapshotJson;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * An event of the change feed.
 *
 * @param sequence the wallet's own count of its balances; only where a balance changed
 * @param data what {@code type} says
 */
@JsonNaming(SnakeCaseStrategy.class)
record EventJson(
    UUID eventId,
    String type,
    Instant occurredAt,
    @Nullable UUID walletId,
    @Nullable UUID connectionId,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long sequence,
    Object data) {

  static EventJson of(Notification notification) {
    return switch (notification) {
      case BalanceChanged changed ->
          json(changed, changed.snapshot().sequence(), ChangeJson.of(changed));
      case ReadingQuarantined quarantined ->
          json(quarantined, null, DoubtJson.of(quarantined.reading()));
      case ReadingSettled settled ->
          json(settled, null, QuarantinedReadingJson.of(settled.reading()));
      case Occurrence occurrence -> json(occurrence, null, occurrence.facts());
    };
  }

  private static EventJson json(Notification it, @Nullable Long sequence, Object data) {
    var about = it.about().orElse(null);
    return new EventJson(
        it.id(),
        it.kind().code(),
        it.occurredAt(),
        about == null ? null : about.wallet().value(),
        about == null ? null : about.connection().value(),
        sequence,
        data);
  }

  /**
   * What a balance became, and what it was.
   *
   * @param previous null where none was known before
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record ChangeJson(SnapshotJson snapshot, @Nullable PreviousJson previous) {
    static ChangeJson of(BalanceChanged changed) {
      var previous = changed.previous();
      return new ChangeJson(
          SnapshotJson.announced(changed.snapshot()),
          previous == null ? null : PreviousJson.of(previous));
    }
  }

  /** The balance before. */
  @JsonNaming(SnakeCaseStrategy.class)
  record PreviousJson(
      UUID snapshotId,
      long sequence,
      String balance,
      @Nullable String ledgerBalance,
      @Nullable String lockedBalance,
      Instant asOf) {
    static PreviousJson of(WalletBalanceSnapshot snapshot) {
      Balance balance = snapshot.balance();
      return new PreviousJson(
          snapshot.snapshotId(),
          snapshot.sequence(),
          balance.available().toDecimalString(),
          SnapshotJson.text(balance.ledger()),
          SnapshotJson.text(balance.locked()),
          snapshot.asOf());
    }
  }
}
