package io.walletsync.core.runway;

import io.walletsync.core.wallet.WalletId;
import java.util.Map;
import java.util.Set;

/**
 * Driven port: what is planned to leave each wallet. It knows no callers: whoever asks for one
 * finds the wallet within the caller's visibility first.
 */
public interface OutflowPlans {
  /** The plans of wallets. A wallet for which nobody ever planned is missing. */
  Map<WalletId, OutflowPlan> find(Set<WalletId> wallets);

  /**
   * Puts a plan in the place of the one before, in the caller's open transaction, which has the
   * wallet locked.
   */
  void replace(OutflowPlan plan);
}
