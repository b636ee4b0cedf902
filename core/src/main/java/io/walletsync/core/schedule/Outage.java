package io.walletsync.core.schedule;

import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.wallet.Wallet;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A wallet's turns fail one after the other, or do so no more.
 *
 * @param failures how many turns failed in a row
 * @param reason of the newest failure; null where it was not the provider's, and where it is over
 * @param at by the database's clock
 */
public record Outage(
    Wallet wallet, int failures, ProviderFailure.@Nullable Reason reason, Instant at) {
  /** So many turns that fail in a row are no hiccup any more. */
  public static final int BEGINS_AFTER = 3;
}
