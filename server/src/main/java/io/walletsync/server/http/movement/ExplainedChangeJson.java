package io.walletsync.server.http.movement;

import io.walletsync.core.movement.ExplainChanges;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A change of a balance and the movements that made it, as the API shows it.
 *
 * @param movements how many they are
 * @param movementKeys the first 100 of them
 */
@JsonNaming(SnakeCaseStrategy.class)
record ExplainedChangeJson(
    UUID snapshotId,
    long sequence,
    Instant from,
    Instant to,
    String currency,
    String balance,
    String change,
    String explained,
    String unexplained,
    String status,
    long movements,
    List<String> movementKeys) {
  static ExplainedChangeJson of(ExplainChanges.Item item) {
    var change = item.change();
    var balance = item.snapshot().balance();
    return new ExplainedChangeJson(
        item.snapshot().snapshotId(),
        change.sequence(),
        change.from(),
        change.to(),
        balance.currency().value(),
        balance.available().toDecimalString(),
        change.change().toDecimalString(),
        change.explained().toDecimalString(),
        change.unexplained().toDecimalString(),
        change.state().code(),
        change.movements(),
        change.keys());
  }
}
