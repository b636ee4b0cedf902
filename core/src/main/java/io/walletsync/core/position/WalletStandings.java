package io.walletsync.core.position;

import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.Visibility;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Driven port, reading only: every wallet as it stands, all of them in one look. */
public interface WalletStandings {
  /** The database's time. */
  Instant now();

  /**
   * Hands over each wallet that the filter wants, closed ones too, as they were at one moment. In
   * the caller's open transaction; however many there are, few are held at once.
   */
  void walk(Filter filter, Consumer<WalletStanding> each);

  /** Which wallets; null means any. */
  record Filter(
      Visibility visibility,
      @Nullable CurrencyCode currency,
      @Nullable ProviderId provider,
      @Nullable ConnectionId connection,
      @Nullable String ownerId) {}
}
