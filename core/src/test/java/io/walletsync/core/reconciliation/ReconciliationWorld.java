package io.walletsync.core.reconciliation;

import io.walletsync.core.Examples;
import io.walletsync.core.MutableClock;
import io.walletsync.core.SequentialIds;
import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.audit.AuditTrail;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.balance.ExampleObservation;
import io.walletsync.core.balance.RecordBalances;
import io.walletsync.core.balance.Settlements;
import io.walletsync.core.memory.InMemoryStorage;
import io.walletsync.core.movement.ProviderMovement;
import io.walletsync.core.reconciliation.ExpectBalances.Outcome;
import io.walletsync.core.reconciliation.ExpectBalances.Row;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Wallets whose balances are read at whole seconds after the morning, and the books about them. */
final class ReconciliationWorld {
  static final Actor ACTOR = Examples.actor();

  final MutableClock clock = new MutableClock(Examples.MORNING.plusSeconds(3_600));
  final InMemoryStorage storage = new InMemoryStorage(clock);
  final List<String> told = new ArrayList<>();
  private final DifferenceListener listener =
      new DifferenceListener() {
        @Override
        public void onBegun(List<Reconciliation> open) {
          open.forEach(it -> told.add("differs " + it.id()));
        }

        @Override
        public void onEnded(List<Reconciliation> settled) {
          settled.forEach(
              it -> told.add(Objects.requireNonNull(it.settled()).how().code() + " " + it.id()));
        }
      };

  private final Auditor auditor =
      new Auditor(storage.auditTrail(), new SequentialIds(1L << 16), clock);
  private final RecordBalances recordBalances =
      new RecordBalances(
          storage.snapshots(),
          storage.quarantine(),
          new Settlements(List.of()),
          List.of(),
          storage.transactions(),
          auditor,
          new SequentialIds(2L << 16));
  private final CompareBalances compareBalances =
      new CompareBalances(
          storage.reconciliations(),
          storage.snapshots(),
          storage.history(),
          storage.movements(),
          auditor,
          List.of(listener));
  private final ExpectBalances expectBalances =
      new ExpectBalances(
          storage.snapshots(),
          storage.reconciliations(),
          compareBalances,
          storage.transactions(),
          auditor,
          List.of(listener),
          new SequentialIds(3L << 16));
  private final ReconcileBalances reconcileBalances =
      new ReconcileBalances(
          storage.reconciliations(),
          compareBalances,
          storage.transactions(),
          clock,
          Duration.ofMinutes(1));
  private final SettleReconciliation settleReconciliation =
      new SettleReconciliation(
          storage.reconciliations(), storage.transactions(), auditor, List.of(listener), clock);

  /** A wallet that is registered. */
  Wallet wallet() {
    return storage.wallets().addOrLock(Examples.wallet(Examples.connection()));
  }

  /** The provider says so at that second. */
  void read(Wallet wallet, int second, String naira) {
    recordBalances.record(
        List.of(
            ExampleObservation.of(wallet.id())
                .balance(naira)
                .startedAfter(second)
                .took(Duration.ZERO)
                .observation()));
  }

  /** The provider told only later that it was so from that second on. */
  void readOf(Wallet wallet, int second, int trueSince, String naira) {
    recordBalances.record(
        List.of(
            ExampleObservation.of(wallet.id())
                .balance(naira)
                .providerTime(Examples.MORNING.plusSeconds(trueSince))
                .startedAfter(second)
                .took(Duration.ZERO)
                .observation()));
  }

  /** The provider's ledger lists such a movement. */
  void move(Wallet wallet, int second, String naira) {
    move(wallet, "row-" + second, Examples.MORNING.plusSeconds(second), naira);
  }

  void move(Wallet wallet, String key, Instant at, String naira) {
    storage
        .movements()
        .add(
            List.of(
                new ProviderMovement(
                    wallet.id(),
                    key,
                    at,
                    Examples.naira(naira),
                    null,
                    null,
                    null,
                    null,
                    Metadata.NONE,
                    clock.instant())));
  }

  static Row row(Wallet wallet, int second, String naira) {
    return row(wallet, second, naira, "0", 0);
  }

  static Row row(Wallet wallet, int second, String naira, String tolerance, int lagSeconds) {
    return new Row(
        wallet.id(),
        null,
        new BigDecimal(naira),
        Examples.MORNING.plusSeconds(second),
        "books",
        new BigDecimal(tolerance),
        Duration.ofSeconds(lagSeconds));
  }

  Outcome expect(Row... rows) {
    return expectBalances.expect(
        new ExpectBalances.Command(ACTOR, Visibility.ALL, Arrays.asList(rows)));
  }

  /** Of a statement that is not refused. */
  Reconciliation expected(Row row) {
    return ((Outcome.Recorded) expect(row)).reconciliations().getFirst();
  }

  void tick() {
    reconcileBalances.reconcile(new ReconcileBalances.Command(() -> false));
  }

  SettleReconciliation.Outcome settle(
      Reconciliation reconciliation, SettleReconciliation.Decision decision) {
    return settle(reconciliation, decision, "known");
  }

  SettleReconciliation.Outcome settle(
      Reconciliation reconciliation, SettleReconciliation.Decision decision, String note) {
    return settleReconciliation.settle(
        new SettleReconciliation.Command(
            ACTOR, Visibility.ALL, reconciliation.id(), decision, note));
  }

  Reconciliation now(Reconciliation reconciliation) {
    return storage.reconciliations().find(reconciliation.id(), Visibility.ALL).orElseThrow();
  }

  List<AuditEntry> audited(String action) {
    return storage.auditTrail().page(new AuditTrail.Query(action, null, null, null, 100)).items();
  }
}
