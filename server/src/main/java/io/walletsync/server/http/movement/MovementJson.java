package io.walletsync.server.http.movement;

import io.walletsync.core.movement.ProviderMovement;
import io.walletsync.server.http.balance.SnapshotJson;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** A movement as the API shows it; what the provider does not tell is null. */
@JsonNaming(SnakeCaseStrategy.class)
record MovementJson(
    UUID walletId,
    String movementKey,
    Instant occurredAt,
    String difference,
    String currency,
    @Nullable String balanceBefore,
    @Nullable String balanceAfter,
    @Nullable String kind,
    @Nullable String reason,
    @Nullable String reference,
    Map<String, String> metadata,
    Instant importedAt) {
  static MovementJson of(ProviderMovement movement) {
    return new MovementJson(
        movement.walletId().value(),
        movement.key(),
        movement.occurredAt(),
        movement.difference().toDecimalString(),
        movement.difference().currency().value(),
        SnapshotJson.text(movement.balanceBefore()),
        SnapshotJson.text(movement.balanceAfter()),
        movement.kind(),
        movement.reason(),
        movement.reference(),
        movement.metadata().entries(),
        movement.importedAt());
  }
}
