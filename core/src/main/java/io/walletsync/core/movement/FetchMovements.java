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
      ImportPolicy policy) {
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
  }

  public Outcome fetch(Command command) {
    var wallet = wallets.find(command.wallet(), command.visibility()).orElse(null);
    if (wallet == null) {
      return new Outcome.UnknownWallet();
    }
    if (wallet.isClosed()) {
      return new Outcome.WalletClosed();
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
    var reader = round.begin(wallet, taken, window(wallet, taken));
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

  private Window window(Wallet wallet, Taken taken) {
    var from =
        taken
            .progress()
            .coverage()
            .map(complete -> complete.until().minus(policy.overlap()))
            .orElseGet(() -> wallet.createdAt().minus(policy.backfill()));
    return new Window(from, taken.takenAt());
  }

  private Outcome end(Command command, Wallet wallet, ImportRound.Reader reader, Outcome outcome) {
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
                    AuditEntry.facts("movements", Integer.toString(outcome.movements()))));
          }
          return outcome;
        });
  }

  /** Which wallet. */
  public record Command(Actor actor, Visibility visibility, WalletId wallet) {}

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
