package io.walletsync.server.http.balance;

import io.walletsync.core.balance.QuarantinedReading;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A reading that was not believed, as the API shows it.
 *
 * @param status open, or how it ended
 */
@JsonNaming(SnakeCaseStrategy.class)
public record QuarantinedReadingJson(
    UUID readingId,
    UUID walletId,
    UUID connectionId,
    String provider,
    String status,
    String reason,
    String balance,
    @Nullable String ledgerBalance,
    @Nullable String lockedBalance,
    String currency,
    @Nullable String externalBalanceId,
    @Nullable Instant providerTime,
    Instant observedAt,
    String source,
    Map<String, String> metadata,
    int timesSeen,
    Instant lastSeenAt,
    Instant quarantinedAt,
    @Nullable Instant settledAt,
    @Nullable String settledBy,
    @Nullable String note) {

  public static QuarantinedReadingJson of(QuarantinedReading reading) {
    var balance = reading.balance();
    var externalId = reading.externalId();
    var resolution = reading.resolution();
    return new QuarantinedReadingJson(
        reading.readingId(),
        reading.walletId().value(),
        reading.connectionId().value(),
        reading.provider().value(),
        resolution == null ? "open" : resolution.end().code(),
        reading.reason().code(),
        balance.available().toDecimalString(),
        SnapshotJson.text(balance.ledger()),
        SnapshotJson.text(balance.locked()),
        balance.currency().value(),
        externalId == null ? null : externalId.value(),
        reading.providerTime(),
        reading.observedAt(),
        reading.source().name().toLowerCase(Locale.ROOT),
        reading.metadata().entries(),
        reading.timesSeen(),
        reading.lastSeenAt(),
        reading.quarantinedAt(),
        resolution == null ? null : resolution.at(),
        resolution == null ? null : resolution.by(),
        resolution == null ? null : resolution.note());
  }
}
