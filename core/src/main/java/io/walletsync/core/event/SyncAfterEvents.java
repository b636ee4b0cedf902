package io.walletsync.core.event;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.balance.Source;
import io.walletsync.core.event.EventLanes.Lease;
import io.walletsync.core.event.Notice.Concern;
import io.walletsync.core.kernel.DatabaseClock;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.provider.ProviderFailure.Reason;
import io.walletsync.core.schedule.SyncQueue;
import io.walletsync.core.sync.ReadAndRecord.Result;
import io.walletsync.core.sync.SyncWallets;
import io.walletsync.core.wallet.Connection;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.Wallets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Use case: make the one sync that the waiting events of a connection ask for. It serves only
 * events that came before it started; what comes meanwhile asks for another one.
 */
public final class SyncAfterEvents {
  /** The provider has answered: asking again brings nothing. */
  private static final Set<Reason> FINAL = Set.of(Reason.ACCOUNT_MISSING, Reason.CURRENCY_MISSING);

  private final EventLanes lanes;
  private final Connections connections;
  private final ConcernedWallets wallets;
  private final SyncWallets syncWallets;
  private final SyncQueue queue;
  private final Transactions transactions;
  private final EventObserver observer;
  private final EarlySyncPolicy policy;

  public SyncAfterEvents(
      EventLanes lanes,
      Connections connections,
      Wallets wallets,
      SyncWallets syncWallets,
      SyncQueue queue,
      Transactions transactions,
      EventObserver observer,
      EarlySyncPolicy policy) {
    this.lanes = lanes;
    this.connections = connections;
    this.wallets = new ConcernedWallets(wallets);
    this.syncWallets = syncWallets;
    this.queue = queue;
    this.transactions = transactions;
    this.observer = observer;
    this.policy = policy;
  }

  public Outcome sync(Command command) {
    var lease =
        transactions.inTransaction(() -> lanes.lease(command.connection(), policy)).orElse(null);
    if (lease == null) {
      return new Outcome.NotDue();
    }
    var clock = DatabaseClock.startedAt(lease.startedAt());
    try {
      return perform(lease, clock);
    } catch (RuntimeException e) {
      observer.broke();
      afterBreak(lease, e);
      throw e;
    }
  }

  private Outcome perform(Lease lease, DatabaseClock clock) {
    var concern = lanes.waiting(lease);
    var connection = connections.find(lease.connection(), Visibility.ALL).orElse(null);
    var concerned =
        connection == null ? List.<Wallet>of() : wallets.of(lease.connection(), concern);
    var results =
        concerned.isEmpty() ? List.<Result>of() : results(lease.connection(), concerned, clock);
    Outcome outcome;
    if (connection == null || results == null) {
      outcome =
          settled(() -> lanes.end(lease, "connection_removed"), new Outcome.ConnectionRemoved());
    } else {
      outcome = settle(lease, concern, concerned, results);
    }
    observer.synced(provider(connection), outcome);
    return outcome;
  }

  private static @Nullable ProviderId provider(@Nullable Connection connection) {
    return connection == null ? null : connection.provider();
  }

  private @Nullable List<Result> results(
      ConnectionId connection, List<Wallet> concerned, DatabaseClock clock) {
    return syncWallets
        .sync(
            new SyncWallets.Command(
                connection, concerned, Source.WEBHOOK, Actor.system("webhook"), clock))
        .orElse(null);
  }

  private Outcome settle(Lease lease, Concern concern, List<Wallet> synced, List<Result> results) {
    var failures = failures(results);
    if (failures.isEmpty()) {
      return settled(
          () -> lanes.served(lease, concern) && quickened(synced),
          new Outcome.Served(synced.size()));
    }
    var retryAfter =
        failures.stream()
            .map(ProviderFailure::retryAfter)
            .filter(Objects::nonNull)
            .max(Comparator.naturalOrder())
            .orElse(null);
    var wait = policy.waitAfter(lease.failures(), retryAfter);
    var reason = failures.getFirst().reason();
    return settled(
        () -> lanes.putOff(lease, concern, wait, policy.mostAttempts(), reason.code()),
        new Outcome.PutOff(reason, wait));
  }

  /** Where something was announced, more may follow. */
  private boolean quickened(List<Wallet> synced) {
    if (!synced.isEmpty()) {
      queue.quicken(synced.stream().map(Wallet::id).toList());
    }
    return true;
  }

  private Outcome settled(BooleanSupplier settlement, Outcome outcome) {
    return transactions.inTransaction(settlement::getAsBoolean) ? outcome : new Outcome.LeaseLost();
  }

  private static List<ProviderFailure> failures(List<Result> results) {
    var failures = new ArrayList<ProviderFailure>();
    for (var result : results) {
      if (result instanceof Result.Failed(var failure) && !FINAL.contains(failure.reason())) {
        failures.add(failure);
      }
    }
    return failures;
  }

  /** Counts as an attempt, or a defect would be tried for ever; without a database, later. */
  private void afterBreak(Lease lease, RuntimeException broken) {
    try {
      var wait = policy.waitAfter(lease.failures(), Duration.ZERO);
      var _ =
          transactions.inTransaction(
              () ->
                  lanes.putOff(
                      lease,
                      new Concern.Everything(),
                      wait,
                      policy.mostAttempts(),
                      "internal_error"));
    } catch (RuntimeException e) {
      broken.addSuppressed(e); // the lane is taken over when the lease ends
    }
  }

  /** Which connection may be due. */
  public record Command(ConnectionId connection) {}

  /** What came of it. */
  public sealed interface Outcome {
    /** Somebody else has it, or had it just now. */
    record NotDue() implements Outcome {}

    /**
     * What waited is done.
     *
     * @param wallets how many were looked at; none where no wallet in use was concerned
     */
    record Served(int wallets) implements Outcome {}

    /** The provider gave no balance of some wallet; it is asked again later. */
    record PutOff(Reason reason, Duration retryAfter) implements Outcome {}

    /** What waited is ignored. */
    record ConnectionRemoved() implements Outcome {}

    /** Another worker took over; what waited is its concern. */
    record LeaseLost() implements Outcome {}
  }
}
