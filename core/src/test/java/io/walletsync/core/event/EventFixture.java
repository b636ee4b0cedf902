package io.walletsync.core.event;

import io.walletsync.core.Examples;
import io.walletsync.core.MutableClock;
import io.walletsync.core.SequentialIds;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.audit.AuditTrail;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.balance.RecordBalances;
import io.walletsync.core.balance.Source;
import io.walletsync.core.balance.Strangeness;
import io.walletsync.core.event.ProviderEvents.Query;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.memory.InMemoryStorage;
import io.walletsync.core.provider.BalanceProvider.Reply;
import io.walletsync.core.provider.BalanceProviders;
import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.provider.ProviderFailure.Reason;
import io.walletsync.core.provider.ScriptedBalanceProvider;
import io.walletsync.core.sync.ReadAndRecord;
import io.walletsync.core.sync.RequestSettlement;
import io.walletsync.core.sync.SharedCalls;
import io.walletsync.core.sync.SyncObserver;
import io.walletsync.core.sync.SyncPolicy;
import io.walletsync.core.sync.SyncWalletBalance;
import io.walletsync.core.sync.SyncWallets;
import io.walletsync.core.wallet.Connection;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.Credentials;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.Wallets;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** A connection, its provider and the inbox, in memory, with a clock that a test moves. */
final class EventFixture implements EventPorts {
  static final String ADDRESS = "192.0.2.7";
  static final String SECRET = "sk_test_events";

  final MutableClock clock = new MutableClock(Examples.MORNING);
  final InMemoryStorage storage = new InMemoryStorage(clock);
  final ScriptedWebhookReader reader = new ScriptedWebhookReader();
  final WebhookReaders readers = new WebhookReaders(List.of(reader));
  final ScriptedBalanceProvider provider =
      new ScriptedBalanceProvider(Examples.profile(Examples.PAYSTACK));
  final Queue<EventObserver.Delivered> delivered = new ConcurrentLinkedQueue<>();
  final Queue<SyncAfterEvents.Outcome> synced = new ConcurrentLinkedQueue<>();
  final RefusedDeliveries refused = new RefusedDeliveries(auditor(), storage.transactions(), clock);
  final Connection connection = kept();
  final Wallet wallet = registered(Examples.wallet(connection));

  private Connection kept() {
    var fresh = Examples.connection();
    var credentials = new Credentials(Map.of("secret_key", SECRET));
    storage
        .transactions()
        .inTransaction(() -> storage.connections().add(fresh, credentials, SECRET));
    return fresh;
  }

  Auditor auditor() {
    return new Auditor(storage.auditTrail(), new SequentialIds(), clock);
  }

  ReceiveProviderEvent receiving() {
    return receiving(InboxCap.standard(storage.providerEvents()));
  }

  ReceiveProviderEvent receiving(InboxCap cap) {
    return new ReceiveProviderEvent(
        readers,
        storage.connections(),
        storage.providerEvents(),
        storage.eventLanes(),
        cap,
        refused,
        storage.transactions(),
        new SequentialIds(),
        observer());
  }

  /** What came of a genuine delivery. */
  ReceiveProviderEvent.Outcome receive(String body) {
    return receiving().receive(command(connection.id().toString(), SECRET, body));
  }

  static ReceiveProviderEvent.Command command(String connection, String proof, String body) {
    return new ReceiveProviderEvent.Command(
        "paystack",
        connection,
        ADDRESS,
        new Delivery(Map.of("proof", proof), body.getBytes(StandardCharsets.UTF_8)));
  }

  SyncAfterEvents.Outcome sync() {
    return sync(EarlySyncPolicy.STANDARD);
  }

  SyncAfterEvents.Outcome sync(EarlySyncPolicy policy) {
    var calls = new SharedCalls(new BalanceProviders(List.of(provider)));
    var record =
        new RecordBalances(
            storage.snapshots(),
            storage.quarantine(),
            new RequestSettlement(storage.syncRequests()),
            List.of(),
            storage.transactions(),
            auditor(),
            new SequentialIds());
    return new SyncAfterEvents(
            storage.eventLanes(),
            storage.connections(),
            storage.wallets(),
            new SyncWallets(
                storage.connections(),
                new ReadAndRecord(calls, record, new Unobserved(), SyncPolicy.STANDARD),
                new Unobserved()),
            storage.syncQueue(),
            storage.transactions(),
            observer(),
            policy)
        .sync(new SyncAfterEvents.Command(connection.id()));
  }

  boolean isDue() {
    return isDue(connection.id(), EarlySyncPolicy.STANDARD);
  }

  /** Says that the provider fails from now on. */
  void fails(Reason reason, @Nullable Duration retryAfter) {
    provider.always(new Reply.Failure(new ProviderFailure(reason, "It failed.", retryAfter)));
  }

  /** Oldest first. */
  List<ProviderEvent> events() {
    return storage
        .providerEvents()
        .page(new Query(Visibility.ALL, connection.id(), null, null, 1_000))
        .items()
        .reversed();
  }

  List<AuditEntry> audited(String action) {
    return storage
        .auditTrail()
        .page(new AuditTrail.Query(action, null, null, null, 10_000))
        .items();
  }

  private EventObserver observer() {
    return new EventObserver() {
      @Override
      public void delivered(@Nullable ProviderId of, Delivered result) {
        delivered.add(result);
      }

      @Override
      public void synced(@Nullable ProviderId of, SyncAfterEvents.Outcome outcome) {
        synced.add(outcome);
      }

      @Override
      public void broke() {}
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

  @Override
  public ProviderEvents providerEvents() {
    return storage.providerEvents();
  }

  @Override
  public EventLanes eventLanes() {
    return storage.eventLanes();
  }

  private record Unobserved() implements SyncObserver {
    @Override
    public void broke(Wallet wallet, Source source, Duration took) {}

    @Override
    public void read(Wallet wallet, Source source, ReadAndRecord.Result result, Duration took) {}

    @Override
    public void lookedAgain(Wallet wallet, Strangeness reason, ReadAndRecord.Result result) {}

    @Override
    public void finished(
        Wallet wallet, Source source, SyncWalletBalance.Outcome outcome, Duration took) {
      throw new AssertionError("no request waits for these syncs");
    }
  }
}
