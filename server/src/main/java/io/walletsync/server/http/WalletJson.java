package io.walletsync.server.http;

import io.walletsync.core.wallet.Wallet;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** A wallet as the API shows it; the provider account is null where the provider has none. */
@JsonNaming(SnakeCaseStrategy.class)
record WalletJson(
    UUID walletId,
    UUID connectionId,
    String provider,
    @Nullable String providerAccountId,
    String currency,
    @Nullable String ownerId,
    @Nullable String providerCustomerId,
    Map<String, String> metadata,
    String status,
    Instant createdAt,
    Instant updatedAt) {

  static WalletJson of(Wallet wallet) {
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
        wallet.createdAt(),
        wallet.updatedAt());
  }
}
