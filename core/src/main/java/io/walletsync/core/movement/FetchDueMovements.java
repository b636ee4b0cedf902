package io.walletsync.core.movement;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.WalletId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/**
 * Use case: give each wallet whose import is due a round, a few at once and for a bounded time; one
 * node does so for all.
 */
public final class FetchDueMovements {
  private static final Actor ACTOR = Actor.system("movement-import");
  private static final int AT_ONCE = 8;
  private static final int ENROLLED_AT_ONCE = 10_000;

  private final MovementImports imports;
  private final FetchMovements fetchMovements;
  private final MovementObserver observer;
  private final Duration interval;
  private final Duration longest;

  /**
   * Makes it with the wallets' interval.
   *
   * @param longest how long one call takes, give or take a round
   */
  public FetchDueMovements(
      MovementImports imports,
      FetchMovements fetchMovements,
      MovementObserver observer,
      Duration interval,
      Duration longest) {
    this.imports = imports;
    this.fetchMovements = fetchMovements;
    this.observer = observer;
    this.interval = interval;
    this.longest = longest;
  }

  public Outcome fetch(Command command) {
    var begun = System.nanoTime();
    imports.enrol(interval, ENROLLED_AT_ONCE);
    var rounds = 0;
    while (!command.isStopping().getAsBoolean() && System.nanoTime() - begun < longest.toNanos()) {
      var due = imports.due(AT_ONCE);
      if (due.isEmpty()) {
        return new Outcome.NothingDue(rounds);
      }
      together(due);
      rounds += due.size();
    }
    return new Outcome.MoreLeft(rounds);
  }

  private void together(List<WalletId> due) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      due.forEach(wallet -> threads.execute(() -> round(wallet)));
    }
  }

  /** One that breaks keeps its lease for a while and so holds up no other. */
  private void round(WalletId wallet) {
    try {
      fetchMovements.fetch(new FetchMovements.Command(ACTOR, Visibility.ALL, wallet));
    } catch (RuntimeException e) {
      observer.broke(e);
    }
  }

  /** Ends early where the node is stopping. */
  public record Command(BooleanSupplier isStopping) {}

  /** How it ended. */
  public sealed interface Outcome {
    record NothingDue(int rounds) implements Outcome {}

    /** The time was up first; the next call goes on. */
    record MoreLeft(int rounds) implements Outcome {}
  }
}
