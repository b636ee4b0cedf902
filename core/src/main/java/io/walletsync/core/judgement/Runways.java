package io.walletsync.core.judgement;

import io.walletsync.core.wallet.WalletId;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Driven port: how long balances last. */
public interface Runways {
  /** Of each wallet how long its balance lasts; one of which nobody can tell is missing. */
  Map<WalletId, Lasting> of(Set<WalletId> wallets);

  /**
   * How long a balance lasts.
   *
   * @param duration null where no end is in sight
   */
  record Lasting(@Nullable Duration duration) {}
}
