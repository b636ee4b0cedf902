package io.walletsync.core.movement;

import io.walletsync.core.kernel.Page;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Difference;
import io.walletsync.core.movement.Movements.Place;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.WalletId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Driven port: what was found when the movements were checked; derived, and replaced as a whole.
 */
public interface MovementFindings {
  /** In the place of all holes of the wallet that end after this time. */
  void replaceHoles(WalletId wallet, Instant after, List<Hole> holes);

  /** In the place of all unexplained changes of the wallet with a higher sequence than this. */
  void replaceUnexplained(WalletId wallet, long after, List<ExplainedChange> changes);

  /**
   * The holes of a wallet, newest first.
   *
   * @param before the movement before which the last hole of the previous page lies; null for the
   *     first page
   */
  Page<Hole> holes(WalletId wallet, @Nullable Place before, int limit);

  /** Where the first of the holes of a wallet begins that end at a time or later. */
  Optional<Instant> beginOfHoles(WalletId wallet, Instant since);

  /** How many holes of a wallet reach into a period. */
  long countHoles(WalletId wallet, Instant from, Instant until);

  /** Wallets with changes that are unexplained, in the order of their ids. */
  Page<Unexplained> unexplained(Query query);

  Figures figures();

  /**
   * What is unexplained of a wallet.
   *
   * @param changes how many changes are
   * @param net what is left of them together
   * @param amount the same without signs
   */
  record Unexplained(
      WalletId wallet,
      ConnectionId connection,
      ProviderId provider,
      long changes,
      Difference net,
      Difference amount) {}

  /**
   * Which wallets; null means any.
   *
   * @param after the last one of the previous page
   */
  record Query(
      Visibility visibility,
      @Nullable WalletId wallet,
      @Nullable ConnectionId connection,
      @Nullable CurrencyCode currency,
      @Nullable WalletId after,
      int limit) {}

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
