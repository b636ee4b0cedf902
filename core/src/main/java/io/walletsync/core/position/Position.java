package io.walletsync.core.position;

import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.WalletId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The exact sum over a group of wallets, always of one currency, with all that is not in it or not
 * sure.
 *
 * @param ledger over the wallets of which it is known, which may be fewer than those counted
 * @param expected how many open wallets the group has
 * @param oldestConfirmation null where no wallet is counted
 */
public record Position(
    Group group,
    Sum available,
    Sum ledger,
    Sum locked,
    long expected,
    @Nullable Instant oldestConfirmation,
    @Nullable Instant newestConfirmation,
    Map<Missing, Long> leftOut,
    Map<Concern, Long> concerns,
    List<Noted> noted) {
  public Position {
    leftOut = Map.copyOf(leftOut);
    concerns = Map.copyOf(concerns);
    noted = List.copyOf(noted);
  }

  /** How many wallets the sum of the available amounts is made of. */
  public long counted() {
    return available.wallets();
  }

  /** The first wallets that have something to be said of. */
  public List<Noted> shown() {
    return hasMoreNoted() ? noted.subList(0, PositionFold.MOST_NOTED) : noted;
  }

  public boolean hasMoreNoted() {
    return noted.size() > PositionFold.MOST_NOTED;
  }

  /** What wallets are grouped by, beside their currency. */
  public enum By {
    PROVIDER,
    CONNECTION,
    OWNER
  }

  /** What the wallets of a group have in common; null where it is not grouped by that. */
  public record Group(
      CurrencyCode currency,
      @Nullable ProviderId provider,
      @Nullable ConnectionId connection,
      @Nullable String ownerId)
      implements Comparable<Group> {
    private static final Comparator<Group> ORDER =
        Comparator.comparing(Group::currency)
            .thenComparing(group -> text(group.provider()))
            .thenComparing(group -> text(group.connection()))
            .thenComparing(group -> text(group.ownerId()));

    static Group of(WalletStanding wallet, Set<By> by) {
      return new Group(
          wallet.currency(),
          by.contains(By.PROVIDER) ? wallet.provider() : null,
          by.contains(By.CONNECTION) ? wallet.connection() : null,
          by.contains(By.OWNER) ? wallet.ownerId() : null);
    }

    private static String text(@Nullable Object part) {
      return part == null ? "" : part.toString();
    }

    @Override
    public int compareTo(Group other) {
      return ORDER.compare(this, other);
    }
  }

  /** An exact sum, and of how many wallets; of none it is unknown, not zero. */
  public record Sum(BigDecimal amount, long wallets) {
    static final Sum NOTHING = new Sum(BigDecimal.ZERO, 0);

    Sum plus(BigDecimal one) {
      return new Sum(amount.add(one), wallets + 1);
    }

    public Optional<BigDecimal> known() {
      return wallets == 0 ? Optional.empty() : Optional.of(amount);
    }
  }

  /** Why a wallet that is expected is not in the sum. */
  public enum Missing {
    /** It was never synced, or not by then. */
    NO_BALANCE_YET,
    /** All that the provider said is not believed. */
    IN_DOUBT,
    /** It was never synced, and its syncs fail. */
    FAILING
  }

  /** What speaks against relying on a wallet that is in the sum. */
  public enum Concern {
    /** It was confirmed longer ago than was asked for. */
    STALE,
    /** The provider says something else, which is not believed. */
    IN_DOUBT,
    /** Its scheduled syncs fail. */
    FAILING,
    /** It is not synced by schedule. */
    PAUSED
  }

  /** A wallet that is left out, or counted with concerns. */
  public record Noted(WalletId wallet, @Nullable Missing leftOut, Set<Concern> concerns) {
    public Noted {
      concerns = Set.copyOf(concerns);
    }
  }
}
