package io.walletsync.server.http.wallet;

import io.walletsync.core.schedule.SyncQueue;
import io.walletsync.core.wallet.Wallet;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A wallet as the API shows it; the provider account is null where the provider has none.
 *
 * @param schedule its own; null where the connection's holds
 * @param nextSyncDueAt null while it is paused, closed or being synced by schedule
 * @param consecutiveFailures how many scheduled syncs failed since the last one that did not
 */
@JsonNaming(SnakeCaseStrategy.class)
public record WalletJson(
    UUID walletId,
    UUID connectionId,
    String provider,
    @Nullable String providerAccountId,
    String currency,
    @Nullable String ownerId,
    @Nullable String providerCustomerId,
    Map<String, String> metadata,
    String status,
    @Nullable ScheduleJson schedule,
    ScheduleJson scheduleInForce,
    @Nullable Instant nextSyncDueAt,
    int consecutiveFailures,
    Instant createdAt,
    Instant updatedAt) {

  public static WalletJson of(Wallet wallet, SyncQueue.Standing standing) {
    var account = wallet.providerAccountId();
    return new WalletJson(
        wallet.id().value(),
        wallet.connectionId().value(),
        wallet.provider().value(),
        account.isEmpty() ? null : account,
        wallet.currency().value(),
        wallet.ownerId(),
        wallet.providerCustomerId(),
        wallet.metadata().entries(),
        wallet.status().name().toLowerCase(Locale.ROOT),
        ScheduleJson.orNull(wallet.schedule()),
        ScheduleJson.of(standing.inForce()),
        standing.dueAt(),
        standing.failures(),
        wallet.createdAt(),
        wallet.updatedAt());
  }
}
