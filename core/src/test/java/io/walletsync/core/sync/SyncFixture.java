package io.walletsync.core.sync;

import io.walletsync.core.Examples;
import io.walletsync.core.MutableClock;
import io.walletsync.core.SequentialIds;
import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.audit.AuditTrail;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.balance.BalanceListener;
import io.walletsync.core.balance.LatestBalance;
import io.walletsync.core.balance.RecordBalances;
import io.walletsync.core.balance.Source;
import io.walletsync.core.balance.Strangeness;
import io.walletsync.core.kernel.IdempotencyKey;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.memory.InMemoryStorage;
import io.walletsync.core.provider.BalanceProviders;
import io.walletsync.core.provider.ScriptedBalanceProvider;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.RegistryPorts;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.Wallets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One wallet, its provider and everything between them, in memory. */
final class SyncFixture implements RegistryPorts {
  /** The answer of a test: all that a caller is told. */
  static final AnswerFormat FORMAT =
      answer ->
          "%s #%d %s confirmed %s"
              .formatted(
                  answer.verdict().code(),
                  answer.snapshot().sequence(),
                  answer.snapshot().balance().available(),
                  answer.confirmedAt());

  final MutableClock clock = new MutableClock(Examples.MORNING);
  final InMemoryStorage storage = new InMemoryStorage(clock);
  final ScriptedBalanceProvider provider =
      new ScriptedBalanceProvider(Examples.profile(Examples.PAYSTACK));
  final AbandonedClaims abandonedClaims =
      new AbandonedClaims(
          storage.syncRequests(), storage.transactions(), auditor(), SyncPolicy.STANDARD);
  final List<BalanceListener> listeners = new CopyOnWriteArrayList<>();
  final Queue<SyncWalletBalance.Outcome> observed = new ConcurrentLinkedQueue<>();
  final Queue<Strangeness> secondLooks = new ConcurrentLinkedQueue<>();
  final AtomicInteger breaks = new AtomicInteger();
  final UUID requester = Examples.id();
  final Actor actor = Examples.actor();
  final Wallet wallet = registered();

  Auditor auditor() {
    return new Auditor(storage.auditTrail(), new SequentialIds(), clock);
  }

  private SyncObserver observer() {
    return new SyncObserver() {
      @Override
      public void broke(Wallet broken, Source source, Duration took) {
        breaks.incrementAndGet();
      }

      @Override
      public void lookedAgain(Wallet synced, Strangeness reason, ReadAndRecord.Result result) {
        secondLooks.add(reason);
      }

      @Override
      public void read(Wallet synced, Source source, ReadAndRecord.Result result, Duration took) {
        throw new AssertionError("a request waited for this sync");
      }

      @Override
      public void finished(
          Wallet synced, Source source, SyncWalletBalance.Outcome outcome, Duration took) {
        observed.add(outcome);
      }
    };
  }

  SyncWalletBalance useCase() {
    var ids = new SequentialIds();
    var auditor = auditor();
    return new SyncWalletBalance(
        storage.wallets(),
        storage.connections(),
        new ReadAndRecord(
            new SharedCalls(new BalanceProviders(List.of(provider))),
            new RecordBalances(
                storage.snapshots(),
                storage.quarantine(),
                new RequestSettlement(storage.syncRequests()),
                listeners,
                storage.transactions(),
                auditor,
                ids),
            observer(),
            SyncPolicy.STANDARD),
        storage.syncRequests(),
        abandonedClaims,
        storage.transactions(),
        auditor,
        observer(),
        SyncPolicy.STANDARD);
  }

  /** Syncs without a key. */
  SyncWalletBalance.Outcome sync() {
    return sync(command(null));
  }

  /** Syncs under a key, each time as a new attempt. */
  SyncWalletBalance.Outcome sync(String key) {
    return sync(command(key));
  }

  /** The database's clock goes on meanwhile, as it does wherever a call takes time. */
  private SyncWalletBalance.Outcome sync(SyncWalletBalance.Command command) {
    var outcome = useCase().sync(command);
    clock.advance(Duration.ofMillis(100));
    return outcome;
  }

  SyncWalletBalance.Command command(@Nullable String key) {
    return command(key, "fingerprint", "nonce-" + UUID.randomUUID(), FORMAT);
  }

  SyncWalletBalance.Command command(
      @Nullable String key, String fingerprint, @Nullable String nonce, AnswerFormat format) {
    return new SyncWalletBalance.Command(
        wallet.id(),
        Visibility.ALL,
        actor,
        requester,
        key == null ? null : new IdempotencyKey(key),
        fingerprint,
        nonce,
        "user-7",
        Source.API,
        format);
  }

  Optional<LatestBalance> latest() {
    return storage.snapshots().latest(wallet.id(), Visibility.ALL).orElseThrow().latest();
  }

  /** All audit entries, oldest first. */
  List<AuditEntry> auditEntries() {
    return storage
        .auditTrail()
        .page(new AuditTrail.Query(null, null, null, null, 1_000))
        .items()
        .reversed();
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
}
