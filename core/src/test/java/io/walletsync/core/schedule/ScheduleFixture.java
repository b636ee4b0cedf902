package io.walletsync.core.schedule;

import io.walletsync.core.Examples;
import io.walletsync.core.MutableClock;
import io.walletsync.core.SequentialIds;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.balance.RecordBalances;
import io.walletsync.core.balance.Settlements;
import io.walletsync.core.balance.Source;
import io.walletsync.core.balance.Strangeness;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.memory.InMemoryStorage;
import io.walletsync.core.provider.BalanceProvider;
import io.walletsync.core.provider.BalanceProviders;
import io.walletsync.core.provider.ScriptedBalanceProvider;
import io.walletsync.core.schedule.SyncQueue.Standing;
import io.walletsync.core.sync.ReadAndRecord;
import io.walletsync.core.sync.ReadAndRecord.Result;
import io.walletsync.core.sync.RequestSettlement;
import io.walletsync.core.sync.SharedCalls;
import io.walletsync.core.sync.SyncObserver;
import io.walletsync.core.sync.SyncPolicy;
import io.walletsync.core.sync.SyncTogether;
import io.walletsync.core.sync.SyncWalletBalance;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.RegistryPorts;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.Wallets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A node that syncs by schedule, in memory, with a clock that a test moves. */
final class ScheduleFixture implements RegistryPorts {
  static final Duration LEASE = Duration.ofMinutes(1);

  final MutableClock clock = new MutableClock(Examples.MORNING);
  final InMemoryStorage storage = new InMemoryStorage(clock);
  final ScriptedBalanceProvider provider =
      new ScriptedBalanceProvider(Examples.profile(Examples.PAYSTACK));
  final Queue<String> observed = new ConcurrentLinkedQueue<>();
  final List<String> told = new ArrayList<>();

  private final BalanceProviders providers =
      new BalanceProviders(List.<BalanceProvider>of(provider));

  /** What is due now, sorted into calls. */
  List<DueCall> lease() {
    return new LeaseDueWallets(
            storage.syncQueue(),
            storage.connections(),
            providers,
            storage.transactions(),
            () -> 0L,
            List.of(outages()),
            observer(),
            LEASE)
        .lease(new LeaseDueWallets.Command(Examples.PAYSTACK, 100))
        .calls();
  }

  List<Result> sync(DueCall call) {
    var record =
        new RecordBalances(
            storage.snapshots(),
            storage.quarantine(),
            new Settlements(
                List.of(
                    new RequestSettlement(storage.syncRequests()),
                    new TurnSettlement(storage.syncQueue(), List.of(outages())))),
            List.of(),
            storage.transactions(),
            new Auditor(storage.auditTrail(), new SequentialIds(), clock),
            new SequentialIds());
    var together =
        new SyncTogether(
            new ReadAndRecord(
                new SharedCalls(providers), record, new Silent(), SyncPolicy.STANDARD),
            new Silent());
    return new SyncDueWallets(
            together,
            storage.syncQueue(),
            storage.transactions(),
            () -> 0L,
            List.of(outages()),
            observer())
        .sync(new SyncDueWallets.Command(call));
  }

  /** Syncs all that is due, as a node does; returns what became of it. */
  List<Result> tick() {
    var results = new ArrayList<Result>();
    lease().forEach(call -> results.addAll(sync(call)));
    return results;
  }

  Standing standing(Wallet wallet) {
    return Objects.requireNonNull(
        storage.syncQueue().standing(Visibility.ALL, List.of(wallet.id())).get(wallet.id()));
  }

  private OutageListener outages() {
    return new OutageListener() {
      @Override
      public void onBegun(List<Outage> outages) {
        outages.forEach(it -> told.add("failing " + it.failures() + " " + it.reason()));
      }

      @Override
      public void onEnded(List<Outage> outages) {
        outages.forEach(it -> told.add("recovered " + it.failures()));
      }
    };
  }

  private ScheduleObserver observer() {
    return new ScheduleObserver() {
      @Override
      public void leased(ProviderId of, int wallets, int takenOver, Duration took) {
        observed.add("leased " + wallets + ", taken over " + takenOver);
      }

      @Override
      public void putOff(ProviderId of, int wallets) {
        observed.add("put off " + wallets);
      }
    };
  }

  @Override
  public Transactions transactions() {
    return storage.transactions();
  }

  @Override
  public Connections connections() {
    return storage.connections();
  }

  @Override
  public Wallets wallets() {
    return storage.wallets();
  }

  private static final class Silent implements SyncObserver {
    @Override
    public void broke(Wallet wallet, Source source, Duration took) {}

    @Override
    public void lookedAgain(Wallet wallet, Strangeness reason, Result result) {}

    @Override
    public void read(Wallet wallet, Source source, Result result, Duration took) {}

    @Override
    public void finished(
        Wallet wallet, Source source, SyncWalletBalance.Outcome outcome, Duration took) {}
  }
}
