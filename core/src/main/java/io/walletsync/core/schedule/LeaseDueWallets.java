package io.walletsync.core.schedule;

import io.walletsync.core.kernel.DatabaseClock;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.provider.BalanceProviders;
import io.walletsync.core.schedule.PutOff.Failed;
import io.walletsync.core.schedule.SyncQueue.DueWallet;
import io.walletsync.core.schedule.SyncQueue.Leased;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.Connections.OpenConnection;
import io.walletsync.core.wallet.ProviderId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Use case: take wallets of a provider that are due, sorted into the calls that report them. */
public final class LeaseDueWallets {
  private final SyncQueue queue;
  private final Connections connections;
  private final BalanceProviders providers;
  private final Transactions transactions;
  private final PutOff putOff;
  private final ScheduleObserver observer;
  private final Duration leaseFor;

  public LeaseDueWallets(
      SyncQueue queue,
      Connections connections,
      BalanceProviders providers,
      Transactions transactions,
      RandomGenerator random,
      List<OutageListener> listeners,
      ScheduleObserver observer,
      Duration leaseFor) {
    this.queue = queue;
    this.connections = connections;
    this.providers = providers;
    this.transactions = transactions;
    this.putOff = new PutOff(queue, transactions, random, listeners);
    this.observer = observer;
    this.leaseFor = leaseFor;
  }

  public Outcome lease(Command command) {
    var begun = System.nanoTime();
    // a lease that a crash of the database takes away is refused when its balances are recorded
    var leased =
        transactions.inLazyTransaction(
            () -> queue.lease(command.provider(), command.most(), leaseFor));
    var took = Duration.ofNanos(System.nanoTime() - begun);
    var due = leased.wallets();
    if (due.isEmpty()) {
      return new Outcome(0, List.of());
    }
    var takenOver = (int) due.stream().filter(DueWallet::isTakenOver).count();
    observer.leased(command.provider(), due.size(), takenOver, took);
    return new Outcome(due.size(), calls(leased));
  }

  private List<DueCall> calls(Leased leased) {
    var clock = DatabaseClock.startedAt(leased.at());
    var opened =
        open(
            leased.wallets().stream()
                .map(due -> due.wallet().connectionId())
                .collect(Collectors.toUnmodifiableSet()));
    var calls = new LinkedHashMap<Key, List<Turn>>();
    var unopened = new ArrayList<Failed>();
    for (var due : leased.wallets()) {
      var connection = opened.get(due.wallet().connectionId());
      var call = connection == null ? "" : call(connection, due);
      var key = new Key(due.wallet().connectionId(), call);
      var turn = new Turn(due, Slot.of(key.connection(), key.call()), clock);
      if (connection == null) {
        unopened.add(new Failed(turn, null));
      } else {
        calls.computeIfAbsent(key, _ -> new ArrayList<>()).add(turn);
      }
    }
    if (!unopened.isEmpty()) {
      var provider = unopened.getFirst().turn().wallet().provider();
      observer.putOff(provider, putOff.putOff(unopened));
    }
    var result = new ArrayList<DueCall>(calls.size());
    calls.forEach(
        (key, turns) -> {
          var connection = opened.get(key.connection());
          if (connection != null) {
            result.add(new DueCall(connection, turns));
          }
        });
    return result;
  }

  private String call(OpenConnection connection, DueWallet due) {
    return providers.get(connection.connection()).callFor(due.wallet().holding());
  }

  /** All at once; one by one where one of them cannot be opened, so that it hinders no other. */
  private Map<ConnectionId, OpenConnection> open(Set<ConnectionId> ids) {
    try {
      return connections.openAll(ids);
    } catch (RuntimeException together) {
      var opened = new HashMap<ConnectionId, OpenConnection>();
      for (var id : ids) {
        try {
          connections.open(id).ifPresent(connection -> opened.put(id, connection));
        } catch (RuntimeException alone) {
          // put off with its wallets; without a database that fails too and says so
        }
      }
      return opened;
    }
  }

  /** How many wallets of which provider to take at most. */
  public record Command(ProviderId provider, int most) {}

  /** How many wallets were taken, and the calls that are to be made for them. */
  public record Outcome(int wallets, List<DueCall> calls) {}

  private record Key(ConnectionId connection, String call) {}
}
