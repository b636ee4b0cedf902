package io.walletsync.server.http.balance;

import io.walletsync.core.balance.QuarantinedReading;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** What the provider says and is not believed, beside the balance that stands meanwhile. */
@JsonNaming(SnakeCaseStrategy.class)
public record DoubtJson(
    UUID readingId,
    String reason,
    String balance,
    @Nullable String ledgerBalance,
    @Nullable String lockedBalance,
    Instant observedAt) {

  public static DoubtJson of(QuarantinedReading reading) {
    var balance = reading.balance();
    return new DoubtJson(
        reading.readingId(),
        reading.reason().code(),
        balance.available().toDecimalString(),
        SnapshotJson.text(balance.ledger()),
        SnapshotJson.text(balance.locked()),
        reading.observedAt());
  }
}
