package io.walletsync.core.payout;

import io.walletsync.core.Examples;
import io.walletsync.core.MutableClock;
import io.walletsync.core.SequentialIds;
import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.audit.AuditTrail;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.balance.RecordBalances;
import io.walletsync.core.balance.Settlements;
import io.walletsync.core.balance.Source;
import io.walletsync.core.balance.Strangeness;
import io.walletsync.core.kernel.DatabaseClock;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.memory.InMemoryStorage;
import io.walletsync.core.movement.ProviderMovement;
import io.walletsync.core.payout.CheckPayout.Outcome;
import io.walletsync.core.provider.BalanceProvider.Reply;
import io.walletsync.core.provider.BalanceProviders;
import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.provider.ProviderFailure.Reason;
import io.walletsync.core.provider.ScriptedBalanceProvider;
import io.walletsync.core.sync.ReadAndRecord;
import io.walletsync.core.sync.SharedCalls;
import io.walletsync.core.sync.SyncObserver;
import io.walletsync.core.sync.SyncPolicy;
import io.walletsync.core.sync.SyncWalletBalance;
import io.walletsync.core.sync.SyncWallets;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.RegistryPorts;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.Wallets;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A wallet at a provider whose balance a test moves, and the guard of its payouts. */
final class PayoutWorld implements RegistryPorts {
  static final Actor ACTOR = Examples.actor();

  final MutableClock clock = new MutableClock(Examples.MORNING);
  final InMemoryStorage storage = new InMemoryStorage(clock);
  final ScriptedBalanceProvider provider =
      new ScriptedBalanceProvider(Examples.profile(Examples.PAYSTACK));
  final Wallet wallet = registered();
  private final SequentialIds ids = new SequentialIds(1L << 20);
  private final Auditor auditor =
      new Auditor(storage.auditTrail(), new SequentialIds(1L << 16), clock);
  private final SyncWallets syncWallets =
      new SyncWallets(
          storage.connections(),
          new ReadAndRecord(
              new SharedCalls(new BalanceProviders(List.of(provider))),
              new RecordBalances(
                  storage.snapshots(),
                  storage.quarantine(),
                  new Settlements(List.of()),
                  List.of(),
                  storage.transactions(),
                  auditor,
                  new SequentialIds(2L << 16)),
              new Unobserved(),
              SyncPolicy.STANDARD),
          new Unobserved());
  private final CheckPayout checkPayout =
      new CheckPayout(
          storage.snapshots(),
          storage.reservations(),
          storage.history(),
          storage.movements(),
          syncWallets,
          storage.transactions(),
          auditor,
          ids);
  private final ConfirmPayout confirmPayout =
      new ConfirmPayout(
          storage.snapshots(), storage.reservations(), storage.transactions(), auditor);
  private final CoverOpenReservations coverOpenReservations =
      new CoverOpenReservations(
          storage.snapshots(),
          storage.reservations(),
          storage.history(),
          storage.movements(),
          storage.transactions(),
          auditor);
  private final ReleasePayout releasePayout =
      new ReleasePayout(
          storage.snapshots(),
          storage.reservations(),
          storage.history(),
          storage.movements(),
          storage.transactions(),
          auditor);

  /** From now on the provider says so. */
  void has(String naira) {
    provider.always(ScriptedBalanceProvider.reading(Examples.balance(naira)));
  }

  void fails() {
    provider.always(
        new Reply.Failure(ProviderFailure.of(Reason.TIMEOUT, "It did not answer in time.")));
  }

  /** Somebody else has the wallet synced; the clock goes on. */
  void read() {
    tick(1);
    var clockNow = DatabaseClock.startedAt(clock.instant());
    syncWallets.sync(
        new SyncWallets.Command(
            wallet.connectionId(), List.of(wallet), Source.SCHEDULE, ACTOR, clockNow));
    tick(1);
  }

  void tick(int seconds) {
    clock.advance(Duration.ofSeconds(seconds));
  }

  /** Asks and reserves. */
  PayoutAnswer ask(String reference, String naira) {
    return ask(reference, naira, true, CheckPayout.USUAL_AGE);
  }

  PayoutAnswer ask(String reference, String naira, boolean reserves, Duration maxAge) {
    return ((Outcome.Answered) check(reference, naira, reserves, maxAge)).answer();
  }

  Outcome check(String reference, String naira, boolean reserves, Duration maxAge) {
    tick(1);
    var outcome =
        checkPayout.check(
            new CheckPayout.Command(
                ACTOR,
                Visibility.ALL,
                wallet.id(),
                new BigDecimal(naira),
                reference,
                reserves,
                maxAge,
                CheckPayout.USUAL_TIME));
    tick(1);
    return outcome;
  }

  ConfirmPayout.Outcome confirm(String reference, @Nullable String movement) {
    tick(1);
    return confirmPayout.confirm(
        new ConfirmPayout.Command(ACTOR, Visibility.ALL, wallet.id(), id(reference), movement));
  }

  ConfirmPayout.Outcome confirm(String reference) {
    return confirm(reference, null);
  }

  /** Nobody asks; the time has come to look. Returns how many ended. */
  int lookByItself() {
    tick(1);
    return coverOpenReservations.cover(new CoverOpenReservations.Command(() -> false)).covered();
  }

  ReleasePayout.Outcome release(String reference) {
    return release(reference, false);
  }

  ReleasePayout.Outcome release(String reference, boolean neverLeft) {
    tick(1);
    return releasePayout.release(
        new ReleasePayout.Command(
            ACTOR, Visibility.ALL, wallet.id(), id(reference), "failed", neverLeft));
  }

  /** As an import of now would keep it. */
  void movement(String key, String reference, String naira) {
    var movement =
        new ProviderMovement(
            wallet.id(),
            key,
            clock.instant(),
            Examples.naira(naira),
            null,
            null,
            null,
            reference,
            Metadata.NONE,
            clock.instant());
    storage.transactions().inTransaction(() -> storage.movements().add(List.of(movement)));
  }

  private UUID id(String reference) {
    return reservation(reference).id();
  }

  Reservation reservation(String reference) {
    return storage.reservations().under(wallet.id(), reference).orElseThrow();
  }

  List<AuditEntry> audited(String action) {
    return storage
        .auditTrail()
        .page(new AuditTrail.Query(action, null, null, null, 10_000))
        .items();
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
