package io.walletsync.core.reconciliation;

import io.walletsync.core.kernel.Page;
import io.walletsync.core.money.Difference;
import io.walletsync.core.reconciliation.Reconciliation.Settled;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.WalletId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Driven port: what the user's books said, and how it compares. What is recorded and what was found
 * is only ever added. Nothing is locked: each change happens only where the state it starts from
 * still holds.
 */
public interface Reconciliations {
  /** All revisions of these statements, of each the newest one last. */
  List<Reconciliation> under(Collection<ExpectedBalance.Key> keys);

  /**
   * Keeps pending ones in the caller's open transaction, each the next revision of its statement,
   * and corrects the revisions before. One whose revision somebody else has recorded is left out;
   * returns the ids of the others.
   */
  Set<UUID> add(Collection<Reconciliation> pending);

  /**
   * A part of all pending ones, in the order of their ids: those of them whose wallet's balance is
   * known for longer than when they were last looked at.
   *
   * @param after where the part before ended; null for the first
   */
  Part pendingWithNews(@Nullable UUID after, int size);

  /**
   * Notes what looks at pending ones found, those that are pending still, and keeps the comparisons
   * for ever. Returns which of them were decided.
   */
  Set<UUID> looked(Collection<Look> looks);

  /**
   * Takes open ones that are due for another look, because providers list movements late: a minute
   * after they could be decided, and each time after half as long again, for a week. What is taken
   * is not due again at once.
   */
  List<Reconciliation> takeOpen(int atMost);

  /**
   * Notes what looks at open ones found beyond what they were opened with, those that are open
   * still; one that agrees after all is resolved. Returns which they were.
   */
  Set<UUID> foundMore(Collection<Look> looks, String by);

  /**
   * Resolves the open ones that were followed, at a later moment of the same wallet, by an
   * agreement that was not corrected; returns them as they are now.
   *
   * @param wallets of these wallets only; null for all
   */
  List<Reconciliation> resolveAgreed(@Nullable Set<WalletId> wallets, Instant at, String by);

  /** Settles one that is open; false where it is not. */
  boolean settle(UUID id, Settled settled);

  Optional<Reconciliation> find(UUID id, Visibility visibility);

  /** What comparisons of it found, oldest first. */
  List<Comparison> comparisons(Reconciliation reconciliation);

  /** Lists them, newest first. */
  Page<Reconciliation> page(Query query);

  Figures figures();

  /**
   * What a look found.
   *
   * @param knownUntil up to when the balance was known; null where nothing was
   * @param comparison null where it has to wait
   */
  record Look(UUID id, @Nullable Instant knownUntil, @Nullable Comparison comparison) {}

  /**
   * Some that are pending.
   *
   * @param next where the next part begins; null where there is none
   */
  record Part(List<Reconciliation> withNews, @Nullable UUID next) {
    public Part {
      withNews = List.copyOf(withNews);
    }
  }

  /**
   * How much there is of what waits for somebody.
   *
   * @param drift the drifts of open ones without their signs, summed for each currency
   */
  record Figures(long pending, long open, List<Difference> drift) {
    public Figures {
      drift = List.copyOf(drift);
    }
  }

  /**
   * What to list; null means any.
   *
   * @param minDrift only with a drift of at least this, in either direction
   * @param from only of this moment or later
   * @param to only of an earlier moment
   * @param before the last one of the previous page
   */
  record Query(
      Visibility visibility,
      @Nullable WalletId wallet,
      @Nullable ConnectionId connection,
      Reconciliation.@Nullable State state,
      @Nullable BigDecimal minDrift,
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable UUID before,
      int limit) {}
}
