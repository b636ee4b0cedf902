package io.walletsync.core.judgement;

import io.walletsync.core.money.Difference;
import io.walletsync.core.money.Money;
import io.walletsync.core.rule.AlertRule;
import io.walletsync.core.wallet.WalletId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Driven port, reading only: what rules ask about wallets beside their newest balance, and which
 * wallets are worth a look. A wallet that there is nothing to say of is missing.
 */
public interface Evidence {
  /**
   * Between what balances were during each of some periods that end now, those in force at their
   * beginning included; all of them in one look.
   */
  Map<WalletId, Map<Duration, Extremes>> extremes(
      Set<WalletId> wallets, Set<Duration> periods, Instant now);

  /** The available amounts before the newest ones. */
  Map<WalletId, Money> previous(Set<WalletId> wallets);

  /** Of each wallet the open difference from the books that is largest without its sign. */
  Map<WalletId, Difference> drift(Set<WalletId> wallets);

  /**
   * What movements do not explain of each wallet's changes during each of some periods that end
   * now, added up without signs.
   */
  Map<WalletId, Map<Duration, Difference>> unexplained(
      Set<WalletId> wallets, Set<Duration> periods, Instant now);

  /**
   * A part of all wallets, in the order of their ids: those of it that may be in such trouble.
   *
   * @param after where the part before ended; null for the first
   */
  Part inTrouble(Trouble trouble, @Nullable WalletId after, int size);

  /** A part of the wallets that were registered or changed at a time or later, oldest first. */
  List<Changed> changedSince(Instant since, @Nullable WalletId after, int size);

  /** Whether a wallet in use in a scope was registered or confirmed at a time or later. */
  boolean isAnyConfirmedSince(AlertRule rule, Instant since);

  /** Whether there is a wallet in use in a scope. */
  boolean isAnyInUse(AlertRule rule);

  /** By the database's clock. */
  Instant now();

  /** What a wallet may be in. */
  sealed interface Trouble {
    /**
     * In use, and neither confirmed nor registered for longer.
     *
     * @param after null for three intervals of the wallet's schedule
     */
    record NotConfirmed(@Nullable Duration after) implements Trouble {}

    record Failing() implements Trouble {}

    record Drifting() implements Trouble {}

    record Unexplained() implements Trouble {}
  }

  /** The lowest and the highest of some amounts of one currency. */
  record Extremes(BigDecimal lowest, BigDecimal highest) {
    /** Without zeros that say nothing, so that equal amounts are equal. */
    public Extremes {
      lowest = plain(lowest);
      highest = plain(highest);
    }

    private static BigDecimal plain(BigDecimal amount) {
      var plain = amount.stripTrailingZeros();
      return plain.scale() < 0 ? plain.setScale(0) : plain;
    }
  }

  /** A wallet and when it changed. */
  record Changed(WalletId wallet, Instant at) {}

  /**
   * Some wallets.
   *
   * @param next where the next part begins; null where there is none
   */
  record Part(List<WalletId> wallets, @Nullable WalletId next) {
    public Part {
      wallets = List.copyOf(wallets);
    }
  }
}
