package io.walletsync.core.export;

import io.walletsync.core.analytics.Period;
import io.walletsync.core.balance.BalanceHistory;
import io.walletsync.core.balance.BalanceSnapshots;
import io.walletsync.core.movement.MovementImports;
import io.walletsync.core.movement.Movements;
import io.walletsync.core.movement.ProviderMovement;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Use case: the statement of a wallet over a period that has passed: opening, every movement that
 * the provider lists and every change that was seen, in the order of their times, closing. Where
 * movements were not imported yet it says so. It depends on nothing but what was recorded, so that
 * it is the same whenever it is drawn.
 */
public final class DrawStatement {
  private static final Duration USUAL = Duration.ofDays(30);

  private final BalanceSnapshots snapshots;
  private final BalanceHistory history;
  private final Movements movements;
  private final MovementImports imports;

  public DrawStatement(
      BalanceSnapshots snapshots,
      BalanceHistory history,
      Movements movements,
      MovementImports imports) {
    this.snapshots = snapshots;
    this.history = history;
    this.movements = movements;
    this.imports = imports;
  }

  /** Hands over the lines in order; none unless the outcome is that it was drawn. */
  public Outcome draw(Query query, BiConsumer<Wallet, Line> each) {
    var found = snapshots.latest(query.wallet(), query.visibility()).orElse(null);
    if (found == null) {
      return new Outcome.UnknownWallet();
    }
    var to = query.to() == null ? found.readAt() : query.to();
    var from = query.from() == null ? to.minus(USUAL) : query.from();
    if (to.isAfter(found.readAt()) || !from.isBefore(to)) {
      return new Outcome.NotPassed();
    }
    var wallet = found.wallet();
    // looked at before the movements, so that it never promises some that were not there yet
    var complete = imports.find(wallet.id()).flatMap(standing -> standing.progress().coverage());
    var moved = new MovementRows(movements, wallet.id(), from, to, null);
    var pen =
        new Pen(
            new Period(from, to), moved, complete.orElse(null), line -> each.accept(wallet, line));
    history.trace(wallet.id(), from, to, pen::write);
    pen.close();
    return new Outcome.Drawn();
  }

  /**
   * Of what.
   *
   * @param from null for 30 days before the end
   * @param to null for now
   */
  public record Query(
      WalletId wallet, Visibility visibility, @Nullable Instant from, @Nullable Instant to) {}

  /** A line of a statement, in available amounts. */
  public sealed interface Line {
    /** What stood just before the period; null where nothing was known. */
    record Opening(Instant time, @Nullable BigDecimal balance) implements Line {}

    /** Only since then are the movements of the period all there. */
    record CompleteFrom(Instant time) implements Line {}

    /** Only until then are the movements of the period all there; null where none was imported. */
    record CompleteTo(@Nullable Instant time) implements Line {}

    /** What the provider says moved the money; by its clock. */
    record Moved(ProviderMovement movement) implements Line {
      public Instant time() {
        return movement.occurredAt();
      }
    }

    /** A change that was seen; of the first state ever it is not known from what. */
    record Change(Instant time, long sequence, @Nullable BigDecimal change, BigDecimal balance)
        implements Line {}

    /** What stood at the end; null where nothing was known. */
    record Closing(Instant time, @Nullable BigDecimal change, @Nullable BigDecimal balance)
        implements Line {}
  }

  /** What became of the question. */
  public sealed interface Outcome {
    record Drawn() implements Outcome {}

    /** The period has not passed yet, so its statement could still change. */
    record NotPassed() implements Outcome {}

    record UnknownWallet() implements Outcome {}
  }
}
