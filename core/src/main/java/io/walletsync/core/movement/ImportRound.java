package io.walletsync.core.movement;

import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.movement.FetchMovements.Outcome;
import io.walletsync.core.movement.MovementFeed.Reply;
import io.walletsync.core.movement.MovementFeed.Row;
import io.walletsync.core.movement.MovementFeed.Window;
import io.walletsync.core.movement.MovementImports.Lease;
import io.walletsync.core.movement.MovementImports.Taken;
import io.walletsync.core.wallet.Wallet;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is kept of a round: each page in one transaction with how far the import is by then. */
final class ImportRound {
  private final Movements movements;
  private final MovementImports imports;
  private final ChainCheck chainCheck;
  private final Transactions transactions;
  private final ImportPolicy policy;

  ImportRound(
      Movements movements,
      MovementImports imports,
      ChainCheck chainCheck,
      Transactions transactions,
      ImportPolicy policy) {
    this.movements = movements;
    this.imports = imports;
    this.chainCheck = chainCheck;
    this.transactions = transactions;
    this.policy = policy;
  }

  Reader begin(Wallet wallet, Taken taken, Window next) {
    return new Reader(wallet, taken.lease(), taken.takenAt(), taken.progress().reading(next));
  }

  /** Keeps the pages of one round, on one thread. */
  final class Reader {
    private final Wallet wallet;
    private final Lease lease;
    private final Instant takenAt;
    private ImportProgress progress;
    private int added;
    private ChainCheck.@Nullable Found found;

    private Reader(Wallet wallet, Lease lease, Instant takenAt, ImportProgress progress) {
      this.wallet = wallet;
      this.lease = lease;
      this.takenAt = takenAt;
      this.progress = progress;
    }

    ImportProgress progress() {
      return progress;
    }

    int added() {
      return added;
    }

    boolean isAtEnd() {
      return progress.reading() == null;
    }

    /** False where somebody else has taken the import over; then nothing is kept. */
    boolean keep(Reply.Rows page) {
      var kept = transactions.inTransaction(() -> keepInTransaction(page));
      kept.ifPresent(
          then -> {
            progress = then.progress;
            added += then.added;
          });
      return kept.isPresent();
    }

    private Optional<Kept> keepInTransaction(Reply.Rows page) {
      if (!imports.save(lease, progress)) {
        return Optional.empty();
      }
      var fresh = add(page);
      var then =
          progress.afterPage(
              page.next(),
              page.rows().stream().filter(row -> fresh.contains(row.key())).map(Row::occurredAt));
      imports.save(lease, then);
      return Optional.of(new Kept(then, fresh.size()));
    }

    private Set<String> add(Reply.Rows page) {
      return page.rows().isEmpty()
          ? Set.of()
          : movements.add(page.rows().stream().map(row -> row.of(wallet.id(), takenAt)).toList());
    }

    /**
     * Checks what is complete, outside any transaction, because a long history takes its time; the
     * lease is had anew on the way. False where somebody else has taken the import over.
     */
    boolean check() {
      var unchecked = progress.uncheckedFrom();
      var complete = progress.complete();
      if (!isAtEnd() || unchecked == null || complete == null) {
        return true;
      }
      found =
          chainCheck
              .find(wallet, unchecked, progress.checkedUntil(), complete, this::renew)
              .orElse(null);
      return found != null;
    }

    private boolean renew() {
      return transactions.inTransaction(() -> imports.save(lease, progress));
    }

    /** Keeps what was found and gives the import back, in the caller's open transaction. */
    boolean end(Outcome outcome) {
      if (found != null) {
        if (!imports.save(lease, progress.checked(found.newest().orElse(null)))) {
          return false;
        }
        chainCheck.write(wallet, found);
      }
      return imports.end(lease, failure(outcome), next(outcome));
    }

    private @Nullable Duration next(Outcome outcome) {
      var goesOn = outcome instanceof Outcome.Fetched(_, var more) && more;
      return policy.interval() == null || !goesOn ? policy.interval() : Duration.ZERO;
    }

    private static @Nullable String failure(Outcome outcome) {
      return switch (outcome) {
        case Outcome.Failed(var failure, _) -> failure.reason().code();
        case Outcome.NotOffered _ -> outcome.label();
        case Outcome.Fetched _,
            Outcome.UnderWay _,
            Outcome.WalletClosed _,
            Outcome.OutOfReach _,
            Outcome.UnknownWallet _ ->
            null;
      };
    }
  }

  /** What a page changed. */
  private record Kept(ImportProgress progress, int added) {}
}
