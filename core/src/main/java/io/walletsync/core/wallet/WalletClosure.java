package io.walletsync.core.wallet;

import io.walletsync.core.kernel.InvalidValue;
import java.time.Instant;

/** A time during which a wallet was closed, from its closing until it was registered again. */
public record WalletClosure(WalletId wallet, Instant closedAt, Instant reopenedAt) {
  public WalletClosure {
    if (!closedAt.isBefore(reopenedAt)) {
      throw new InvalidValue("must end after it began");
    }
  }
}
