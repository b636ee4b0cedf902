package io.walletsync.core.bulk;

import io.walletsync.core.Examples;
import io.walletsync.core.MutableClock;
import io.walletsync.core.SequentialIds;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.audit.AuditTrail;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.balance.Balance;
import io.walletsync.core.balance.RecordBalances;
import io.walletsync.core.balance.Source;
import io.walletsync.core.balance.Strangeness;
import io.walletsync.core.bulk.AdvanceSyncRun.Outcome;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.memory.InMemoryStorage;
import io.walletsync.core.money.Money;
import io.walletsync.core.provider.BalanceProvider;
import io.walletsync.core.provider.BalanceProviders;
import io.walletsync.core.sync.ReadAndRecord;
import io.walletsync.core.sync.RequestSettlement;
import io.walletsync.core.sync.SharedCalls;
import io.walletsync.core.sync.SyncObserver;
import io.walletsync.core.sync.SyncPolicy;
import io.walletsync.core.sync.SyncWalletBalance;
import io.walletsync.core.sync.SyncWallets;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.Connections.OpenConnection;
import io.walletsync.core.wallet.Holding;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.ProviderProfile;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.Wallets;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs, and a provider that says something of its own to each connection, in memory. */
final class BulkFixture implements SyncRunPorts, BalanceProvider {
  final MutableClock clock = new MutableClock(Examples.MORNING);
  final InMemoryStorage storage = new InMemoryStorage(clock);
  final Map<ConnectionId, Function<Integer, @Nullable Reply>> replies = new ConcurrentHashMap<>();
  final Map<ConnectionId, AtomicInteger> calls = new ConcurrentHashMap<>();
  final Queue<Source> sources = new ConcurrentLinkedQueue<>();
  final AtomicInteger asking = new AtomicInteger();
  final AtomicInteger mostAsking = new AtomicInteger();
  private final Auditor auditor = new Auditor(storage.auditTrail(), new SequentialIds(), clock);
  private final SyncWallets syncWallets = syncWallets();
  final BalanceProviders providers = new BalanceProviders(List.of(this));
  final StartSyncRun startSyncRun =
      new StartSyncRun(
          storage.syncRuns(),
          storage.syncRequests(),
          storage.connections(),
          providers.profiles(),
          storage.transactions(),
          auditor,
          new SequentialIds(),
          SyncPolicy.STANDARD);
  final CancelSyncRun cancelSyncRun =
      new CancelSyncRun(storage.syncRuns(), storage.transactions(), auditor);

  private SyncWallets syncWallets() {
    var record =
        new RecordBalances(
            storage.snapshots(),
            storage.quarantine(),
            new RequestSettlement(storage.syncRequests()),
            List.of(),
            storage.transactions(),
            auditor,
            new SequentialIds());
    return new SyncWallets(
        storage.connections(),
        new ReadAndRecord(
            new SharedCalls(new BalanceProviders(List.of(this))),
            record,
            new Remembering(),
            SyncPolicy.STANDARD),
        new Remembering());
  }

  AdvanceSyncRun advancing(SyncRunPolicy policy) {
    return new AdvanceSyncRun(
        storage.syncRuns(),
        new HeldChunks(storage.syncRuns(), storage.transactions(), policy),
        syncWallets,
        storage.transactions(),
        auditor,
        policy);
  }

  Outcome advance(SyncRun run, SyncRunPolicy policy) {
    return advancing(policy).advance(new AdvanceSyncRun.Command(run.id()));
  }

  /** Works on a run until nothing is left to take. */
  SyncRun advanceToTheEnd(SyncRun run, SyncRunPolicy policy) {
    var advancing = advancing(policy);
    while (!(advancing.advance(new AdvanceSyncRun.Command(run.id()))
        instanceof Outcome.NothingToTake)) {
      clock.advance(Duration.ofMillis(1));
    }
    return now(run);
  }

  List<AuditEntry> audited(String action) {
    return storage
        .auditTrail()
        .page(new AuditTrail.Query(action, null, null, null, 10_000))
        .items();
  }

  @Override
  public ProviderProfile profile() {
    return Examples.profile(Examples.PAYSTACK);
  }

  /** All accounts have the same, unless something else was said for the connection. */
  @Override
  public Reply fetch(OpenConnection connection, Set<Holding> wanted, Duration deadline) {
    mostAsking.accumulateAndGet(asking.incrementAndGet(), Math::max);
    try {
      var id = connection.connection().id();
      var call = calls.computeIfAbsent(id, _ -> new AtomicInteger()).incrementAndGet();
      var said = replies.getOrDefault(id, _ -> null).apply(call);
      return said == null ? all(wanted, "17") : said;
    } finally {
      asking.decrementAndGet();
    }
  }

  static Reply all(Set<Holding> wanted, String amount) {
    return new Reply.Reading(
        wanted.stream()
            .map(
                holding ->
                    new AccountBalance(
                        holding.providerAccountId(),
                        Balance.available(new Money(new BigDecimal(amount), holding.currency())),
                        null,
                        null,
                        Metadata.NONE))
            .toList());
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

  @Override
  public SyncRuns syncRuns() {
    return storage.syncRuns();
  }

  /** Knows why WalletSync looked. */
  private final class Remembering implements SyncObserver {
    @Override
    public void broke(Wallet wallet, Source source, Duration took) {}

    @Override
    public void read(Wallet wallet, Source source, ReadAndRecord.Result result, Duration took) {
      sources.add(source);
    }

    @Override
    public void lookedAgain(Wallet wallet, Strangeness reason, ReadAndRecord.Result result) {}

    @Override
    public void finished(
        Wallet wallet, Source source, SyncWalletBalance.Outcome outcome, Duration took) {
      throw new AssertionError("no request waits for these syncs");
    }
  }
}
