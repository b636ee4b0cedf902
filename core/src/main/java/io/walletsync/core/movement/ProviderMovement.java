package io.walletsync.core.movement;

import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.kernel.Microseconds;
import io.walletsync.core.money.Money;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.WalletId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A movement of a wallet's available amount, as the provider's own ledger tells it; immutable.
 *
 * @param key names it within its wallet: the provider's id, or where it has none a {@link
 *     ContentName}
 * @param occurredAt by the provider's clock
 * @param difference what it changed: less than zero for a debit, zero where it moved money between
 *     other amounts only
 * @param balanceAfter the available amount after it, where the feed tells
 * @param kind what the provider calls such a movement, where it tells
 * @param reason why, in the provider's words
 * @param reference the business's or the provider's name of what caused it; not unique
 * @param importedAt when we learnt of it, by the database's clock
 */
public record ProviderMovement(
    WalletId walletId,
    String key,
    Instant occurredAt,
    Money difference,
    @Nullable Money balanceAfter,
    @Nullable String kind,
    @Nullable String reason,
    @Nullable String reference,
    Metadata metadata,
    Instant importedAt) {
  private static final int LONGEST_KEY = 128;

  public ProviderMovement {
    if (key.isEmpty() || key.length() > LONGEST_KEY) {
      throw new InvalidValue("a movement's key must be 1 to " + LONGEST_KEY + " characters");
    }
    if (balanceAfter != null && !balanceAfter.currency().equals(difference.currency())) {
      throw new IllegalArgumentException("a movement has one currency");
    }
    occurredAt = Microseconds.cut(occurredAt);
    importedAt = Microseconds.cut(importedAt);
  }

  /** The available amount before it, where the feed tells. */
  public @Nullable Money balanceBefore() {
    return balanceAfter == null
        ? null
        : new Money(balanceAfter.amount().subtract(difference.amount()), balanceAfter.currency());
  }
}
