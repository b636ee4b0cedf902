package io.walletsync.core.movement;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.balance.BalanceHistory;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.movement.MovementFeed.Reply;
import io.walletsync.core.movement.MovementFeed.Window;
import io.walletsync.core.movement.MovementImports.Taken;
import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.Connections.OpenConnection;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.core.wallet.Wallets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Use case: import what a wallet's provider lists since the last time, a round of some pages. Each
 * page is kept together with the progress, so a round may end anywhere and be repeated at will.
 */
public final class FetchMovements {
  private final Wallets wallets;
  private final Connections connections;
  private final MovementFeeds feeds;
  private final MovementImports imports;
  private final ImportRound round;
  private final Transactions transactions;
  private final Auditor auditor;
  private final MovementObserver observer;
  private final ImportPolicy policy;
  private final InstantSource clock;
  private final MovementFindings findings;

  public FetchMovements(
      Wallets wallets,
      Connections connections,
      MovementFeeds feeds,
      Movements movements,
      MovementImports imports,
      MovementFindings findings,
      BalanceHistory history,
      Transactions transactions,
      Auditor auditor,
      MovementObserver observer,
      ImportPolicy policy,
      InstantSource clock) {
    this.wallets = wallets;
    this.connections = connections;
    this.feeds = feeds;
    this.imports = imports;
    this.round =
        new ImportRound(
            movements, imports, new ChainCheck(movements, findings, history), transactions, policy);
    this.transactions = transactions;
    this.auditor = auditor;
    this.observer = observer;
    this.policy = policy;
    this.clock = clock;
    this.findings = findings;
  }

  public Outcome fetch(Command command) {
    var wallet = wallets.find(command.wallet(), command.visibility()).orElse(null);
    if (wallet == null) {
      return new Outcome.UnknownWallet();
    }
    if (wallet.isClosed()) {
      return new Outcome.WalletClosed();
    }
    if (command.from() != null && !policy.reaches(command.from(), clock.instant())) {
      return new Outcome.OutOfReach(policy.reach());
    }
    // taken before anything can break: what does is not due again while the lease lasts
    var taken =
        transactions.inTransaction(() -> imports.take(wallet.id(), policy.lease())).orElse(null);
    if (taken == null) {
      return new Outcome.UnderWay();
    }
    var outcome = work(command, wallet, taken);
    observer.ended(wallet.provider(), outcome, outcome.movements());
    return outcome;
  }

  private Outcome work(Command command, Wallet wallet, Taken taken) {
    var reader = round.begin(wallet, taken, window(command, wallet, taken));
    var open = connections.open(wallet.connectionId()).orElse(null);
    if (open == null) {
      return end(command, wallet, reader, new Outcome.WalletClosed());
    }
    var feed = feeds.find(open.connection()).orElse(null);
    if (feed == null) {
      return end(
          command,
          wallet,
          reader,
          new Outcome.NotOffered("No list of movements is read from this provider."));
    }
    return read(command, wallet, reader, open, feed);
  }

  private Outcome read(
      Command command,
      Wallet wallet,
      ImportRound.Reader reader,
      OpenConnection open,
      MovementFeed feed) {
    for (var page = 0; page < policy.pages(); page++) {
      var at = reader.progress();
      var reply = feed.read(open, wallet.holding(), at.window(), at.page(), policy.deadline());
      switch (reply) {
        case Reply.Rows rows -> {
          if (!reader.keep(rows)) {
            return new Outcome.UnderWay();
          }
        }
        case Reply.Failure(var failure) -> {
          return end(command, wallet, reader, new Outcome.Failed(failure, reader.added()));
        }
        case Reply.NotOffered(var detail) -> {
          return end(command, wallet, reader, new Outcome.NotOffered(detail));
        }
      }
      if (reader.isAtEnd()) {
        return end(command, wallet, reader, new Outcome.Fetched(reader.added(), false));
      }
    }
    return end(command, wallet, reader, new Outcome.Fetched(reader.added(), true));
  }

  /** From what is complete on, or from where something is missing, or from where it was asked. */
  private Window window(Command command, Wallet wallet, Taken taken) {
    var from =
        taken
            .progress()
            .coverage()
            .map(complete -> complete.until().minus(policy.overlap()))
            .orElseGet(() -> wallet.createdAt().minus(policy.backfill()));
    return new Window(
        Stream.of(
                Optional.of(from),
                Optional.ofNullable(command.from()),
                youngHole(wallet, taken.takenAt()))
            .flatMap(Optional::stream)
            .min(Instant::compareTo)
            .orElseThrow(),
        taken.takenAt());
  }

  /** Where the oldest hole that may still be filled begins, as far as it is read again for it. */
  private Optional<Instant> youngHole(Wallet wallet, Instant now) {
    var since = now.minus(policy.mending());
    return findings
        .beginOfHoles(wallet.id(), since)
        .map(begin -> begin.isBefore(since) ? since : begin);
  }

  private Outcome end(Command command, Wallet wallet, ImportRound.Reader reader, Outcome outcome) {
    if (!reader.check()) {
      return new Outcome.UnderWay();
    }
    return transactions.inTransaction(
        () -> {
          if (!reader.end(outcome)) {
            return new Outcome.UnderWay();
          }
          if (command.actor().kind() != Actor.Kind.SYSTEM) {
            auditor.append(
                auditor.entry(
                    command.actor(),
                    "import_movements",
                    "wallet",
                    wallet.id().value(),
                    wallet.connectionId().value(),
                    outcome.label(),
                    AuditEntry.facts(
                        "movements",
                        Integer.toString(outcome.movements()),
                        "from",
                        command.from() == null ? null : command.from().toString())));
          }
          return outcome;
        });
  }

  /**
   * Which wallet.
   *
   * @param from from where to read again, where that is before what would be read anyway; null for
   *     what is not complete alone
   */
  public record Command(
      Actor actor, Visibility visibility, WalletId wallet, @Nullable Instant from) {
    public Command(Actor actor, Visibility visibility, WalletId wallet) {
      this(actor, visibility, wallet, null);
    }
  }

  /** What came of it. */
  public sealed interface Outcome {
    /** Its name in metrics and in the audit trail. */
    String label();

    /** How many movements came new. */
    default int movements() {
      return 0;
    }

    /**
     * Read, to the end or as many pages as a round has.
     *
     * @param more whether there are pages left for the next round
     */
    record Fetched(int movements, boolean more) implements Outcome {
      @Override
      public String label() {
        return more ? "more_left" : "complete";
      }
    }

    /** The provider gave no further page; the pages before it are kept. */
    record Failed(ProviderFailure failure, int movements) implements Outcome {
      @Override
      public String label() {
        return "failed";
      }
    }

    /** There are no movements that are certainly of this wallet. */
    record NotOffered(String detail) implements Outcome {
      @Override
      public String label() {
        return "not_offered";
      }
    }

    /** Somebody else is at it. */
    record UnderWay() implements Outcome {
      @Override
      public String label() {
        return "under_way";
      }
    }

    /**
     * It cannot be read again from there.
     *
     * @param reach how far back it can be
     */
    record OutOfReach(Duration reach) implements Outcome {
      @Override
      public String label() {
        return "out_of_reach";
      }
    }

    record WalletClosed() implements Outcome {
      @Override
      public String label() {
        return "closed";
      }
    }

    record UnknownWallet() implements Outcome {
      @Override
      public String label() {
        return "unknown";
      }
    }
  }
}
