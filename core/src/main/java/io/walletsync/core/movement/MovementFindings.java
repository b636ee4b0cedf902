package io.walletsync.core.movement;

import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.wallet.WalletId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Driven port: what was found when the movements were checked; derived, and replaced as a whole.
 */
public interface MovementFindings {
  /** In the place of all holes of the wallet that end after this time. */
  void replaceHoles(WalletId wallet, Instant after, List<Hole> holes);

  /** In the place of all unexplained changes of the wallet with a higher sequence than this. */
  void replaceUnexplained(WalletId wallet, long after, List<ExplainedChange> changes);

  /** The newest holes of a wallet, newest first. */
  List<Hole> newestHoles(WalletId wallet, int atMost);

  /** How many holes of a wallet reach into a period. */
  long countHoles(WalletId wallet, Instant from, Instant until);

  Figures figures();

  /**
   * All that was found, of all wallets.
   *
   * @param unexplained by currency, what is unexplained without signs
   */
  record Figures(long holes, long walletsUnexplained, Map<CurrencyCode, BigDecimal> unexplained) {
    public Figures {
      unexplained = Map.copyOf(unexplained);
    }
  }
}
