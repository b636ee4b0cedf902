package io.walletsync.core.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.MutableClock;
import io.walletsync.core.SequentialIds;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.audit.AuditTrail;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.balance.ExampleObservation.Attempt;
import io.walletsync.core.balance.QuarantinedReading.End;
import io.walletsync.core.balance.Recorded.Verdict;
import io.walletsync.core.balance.SettleQuarantinedReading.Decision;
import io.walletsync.core.balance.SettleQuarantinedReading.Outcome;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.memory.InMemoryStorage;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.RegistryPorts;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.Wallets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A balance of 5000 naira is known; then the provider says something strange. */
final class DoubtTest implements RegistryPorts {
  private final MutableClock clock = new MutableClock(Examples.MORNING.plusSeconds(3_600));
  private final InMemoryStorage storage = new InMemoryStorage(clock);
  private final SequentialIds ids = new SequentialIds();
  private final Auditor auditor = new Auditor(storage.auditTrail(), ids, clock);
  private final Map<Completion, Recorded.Answer> answers = new HashMap<>();
  private final RecordBalances recordBalances =
      new RecordBalances(
          storage.snapshots(),
          storage.quarantine(),
          new AllHeld(),
          List.of(),
          storage.transactions(),
          auditor,
          ids);
  private final Wallet wallet = registered();

  @Test
  void aStrangeFirstLookIsHandedBackAndLeavesNoTrace() {
    known("5000");
    var entries = auditEntries().size();

    assertThat(record(reading(10, "0"))).isEqualTo(new Recorded.Strange(Strangeness.SUDDEN_ZERO));

    assertThat(storage.allSnapshots()).hasSize(1);
    assertThat(readings()).isEmpty();
    assertThat(auditEntries()).hasSize(entries);
  }

  @Test
  void aSecondLookThatAgreesIsRecorded() {
    known("5000");

    var recorded = again(reading(10, "0"), reading(20, "0"));

    assertThat(verdict(recorded)).isEqualTo(Verdict.CREATED);
    assertThat(readings()).isEmpty();
  }

  @Test
  void aSecondLookThatIsOrdinaryIsRecordedAndTheFirstIsKept() {
    known("5000");

    var recorded = again(reading(10, "0"), reading(20, "5000"));

    assertThat(verdict(recorded)).isEqualTo(Verdict.UNCHANGED);
    assertThat(end(only(readings()))).isEqualTo(End.CONTRADICTED);
    assertThat(only(readings()).balance()).isEqualTo(Examples.balance("0"));
    assertThat(doubt()).isEmpty();
  }

  @Test
  void aSecondLookThatIsStrangeInAnotherWayIsQuarantinedAndTheFirstIsKept() {
    known("5000");

    var recorded = again(reading(10, "0"), reading(20, "500000"));

    assertThat(quarantined(recorded).reason()).isEqualTo(Strangeness.HUNDREDFOLD);
    assertThat(readings()).extracting(DoubtTest::end).containsExactlyInAnyOrder(null, End.REPLACED);
    assertThat(storage.allSnapshots()).hasSize(1);
  }

  @Test
  void withoutASecondAnswerItIsQuarantinedAndWhatWasKnownStands() {
    known("5000");
    var before = latest();

    var recorded = last(reading(10, "0"));

    assertThat(recorded)
        .isInstanceOfSatisfying(
            Recorded.Quarantined.class,
            quarantined ->
                assertThat(quarantined.answer())
                    .isEqualTo(
                        new Recorded.Answer(
                            Verdict.QUARANTINED, before.snapshot(), before.confirmedAt(), false)));
    assertThat(latest()).as("neither moved nor confirmed").isEqualTo(before);
    assertThat(doubt()).contains(quarantined(recorded));
    assertThat(only(readings()).isOpen()).isTrue();
    assertThat(auditEntries().getFirst().outcome()).isEqualTo("quarantined");
    assertThat(auditEntries().getFirst().details())
        .containsEntry("reason", "sudden_zero")
        .containsEntry("balance", "0.00");
  }

  @Test
  void whoeverWaitsUnderAKeyIsAnsweredWithWhatWasKnown() {
    known("5000");
    var attempt = new Attempt(Examples.requestKey(), UUID.randomUUID());

    last(reading(10, "0").settling(attempt));

    assertThat(answers.get(attempt))
        .isNotNull()
        .extracting(Recorded.Answer::verdict)
        .isEqualTo(Verdict.QUARANTINED);
  }

  @Test
  void theNextReadingThatAgreesReleasesIt() {
    known("5000");
    last(reading(10, "0"));

    assertThat(verdict(record(reading(60, "0")))).isEqualTo(Verdict.CREATED);

    assertThat(end(only(readings()))).isEqualTo(End.AGREED);
    assertThat(doubt()).isEmpty();
  }

  @Test
  void aReadingOfTheSameCallDoesNotAgreeWithItself() {
    known("5000");
    last(reading(10, "0").took(Duration.ofSeconds(5)));

    assertThat(record(reading(12, "0"))).isInstanceOf(Recorded.Strange.class);

    assertThat(only(readings()).isOpen()).isTrue();
  }

  @Test
  void theNextOrdinaryReadingContradictsIt() {
    known("5000");
    last(reading(10, "0"));

    assertThat(verdict(record(reading(60, "4000")))).isEqualTo(Verdict.CREATED);

    assertThat(end(only(readings()))).isEqualTo(End.CONTRADICTED);
    assertThat(doubt()).isEmpty();
  }

  @Test
  void aConfirmationOfWhatWasKnownContradictsItToo() {
    known("5000");
    last(reading(10, "0"));

    assertThat(verdict(record(reading(60, "5000")))).isEqualTo(Verdict.UNCHANGED);

    assertThat(end(only(readings()))).isEqualTo(End.CONTRADICTED);
  }

  @Test
  void aLateReadingSettlesNothing() {
    known("5000");
    last(reading(10, "0"));

    assertThat(verdict(record(reading(-60, "4000")))).isEqualTo(Verdict.SUPERSEDED);

    assertThat(only(readings()).isOpen()).isTrue();
  }

  @Test
  void aStateThatTheProvidersBooksNameIsBelievedAtOnce() {
    known("5000");

    assertThat(verdict(record(reading(10, "0").named("row-2")))).isEqualTo(Verdict.CREATED);
  }

  @Test
  void aContradictionIsNotSettledByRepeatingIt() {
    known("5000");
    var broken = broken(10, "100", "150", "20");

    assertThat(quarantined(again(broken, broken(20, "100", "150", "20"))).reason())
        .isEqualTo(Strangeness.PARTS_DO_NOT_ADD_UP);
    assertThat(quarantined(last(broken(60, "100", "150", "20"))).timesSeen()).isEqualTo(2);

    assertThat(readings()).hasSize(1);
    assertThat(verdict(record(broken(90, "100", "120", "20")))).isEqualTo(Verdict.CREATED);
    assertThat(doubt()).isEmpty();
  }

  @Test
  void aContradictionThatTheBooksNameIsNotBelievedEither() {
    known("5000");

    assertThat(record(broken(10, "100", "150", "20").named("row-2")))
        .isInstanceOf(Recorded.Strange.class);
  }

  @Test
  void aWalletOfWhichNothingIsKnownHasNothingToAnswerWith() {
    var recorded = last(broken(10, "100", "150", "20"));

    assertThat(((Recorded.Quarantined) recorded).answer()).isNull();
    assertThat(storage.allSnapshots()).isEmpty();
    assertThat(doubt()).isPresent();
    assertThat(auditEntries().getFirst().details()).containsEntry("snapshot_id", null);
  }

  @Test
  void aSecondDoubtTakesThePlaceOfTheFirst() {
    known("5000");
    last(reading(10, "0"));
    last(reading(60, "500000"));

    assertThat(readings()).extracting(DoubtTest::end).containsExactlyInAnyOrder(End.REPLACED, null);
    assertThat(doubt().orElseThrow().reason()).isEqualTo(Strangeness.HUNDREDFOLD);
  }

  @Test
  void aPersonReleasesItAndItBecomesABalance() {
    known("5000");
    var reading = quarantined(last(reading(10, "0")));

    var outcome = settle(reading, Decision.RELEASE, "the account was emptied");

    assertThat(latest().snapshot().balance()).isEqualTo(Examples.balance("0"));
    assertThat(latest().snapshot().callStartedAt()).isEqualTo(reading.callStartedAt());
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Settled.class,
            settled -> {
              assertThat(end(settled.reading())).isEqualTo(End.RELEASED);
              assertThat(settled.reading()).isEqualTo(only(readings()));
            });
    assertThat(auditEntries())
        .extracting(AuditEntry::action)
        .startsWith("release_reading", "sync_balance");
    assertThat(settle(reading, Decision.RELEASE, null)).as("again").isEqualTo(outcome);
    assertThat(storage.allSnapshots()).hasSize(2);
  }

  @Test
  void aPersonRejectsItAndWhatWasKnownStands() {
    known("5000");
    var before = latest();
    var reading = quarantined(last(reading(10, "0")));

    settle(reading, Decision.REJECT, "their incident 7");

    assertThat(latest()).isEqualTo(before);
    assertThat(end(only(readings()))).isEqualTo(End.REJECTED);
    assertThat(doubt()).isEmpty();
    assertThat(settle(reading, Decision.RELEASE, null))
        .isInstanceOf(Outcome.SettledOtherwise.class);
    assertThat(storage.allSnapshots()).hasSize(1);
  }

  @Test
  void aReadingThatIsHiddenOrUnknownCannotBeSettled() {
    known("5000");
    var reading = quarantined(last(reading(10, "0")));
    var elsewhere = new Visibility(Set.of(UUID.randomUUID()));

    assertThat(settle(reading.readingId(), elsewhere, Decision.RELEASE, null))
        .isEqualTo(new Outcome.Unknown());
    assertThat(settle(UUID.randomUUID(), Visibility.ALL, Decision.RELEASE, null))
        .isEqualTo(new Outcome.Unknown());
    assertThat(only(readings()).isOpen()).isTrue();
  }

  @Test
  void aClosedWalletsReadingIsNotReleased() {
    known("5000");
    var reading = quarantined(last(reading(10, "0")));
    storage
        .transactions()
        .inTransaction(
            () -> {
              storage.wallets().update(wallet.closed(clock.instant()));
              return wallet;
            });

    assertThat(settle(reading, Decision.RELEASE, null)).isEqualTo(new Outcome.WalletClosed());
    assertThat(storage.allSnapshots()).hasSize(1);
  }

  private void known(String naira) {
    assertThat(verdict(record(reading(0, naira)))).isEqualTo(Verdict.CREATED);
  }

  private ExampleObservation reading(long startedAfter, String naira) {
    return ExampleObservation.of(wallet.id()).startedAfter(startedAfter).balance(naira);
  }

  private ExampleObservation broken(
      long startedAfter, String available, String ledger, String locked) {
    return reading(startedAfter, "0")
        .balance(
            new Balance(Examples.naira(available), Examples.naira(ledger), Examples.naira(locked)));
  }

  private Recorded record(ExampleObservation observation) {
    return recordBalances.record(List.of(observation.observation())).getFirst();
  }

  private Recorded again(ExampleObservation first, ExampleObservation second) {
    var reason = ((Recorded.Strange) record(first)).reason();
    return record(second.looked(new Look.Again(first.observation(), reason)));
  }

  private Recorded last(ExampleObservation observation) {
    return record(observation.looked(new Look.Last()));
  }

  private Outcome settle(QuarantinedReading reading, Decision decision, @Nullable String note) {
    return settle(reading.readingId(), Visibility.ALL, decision, note);
  }

  private Outcome settle(
      UUID reading, Visibility visibility, Decision decision, @Nullable String note) {
    return new SettleQuarantinedReading(
            storage.quarantine(),
            storage.snapshots(),
            recordBalances,
            storage.transactions(),
            auditor)
        .settle(
            new SettleQuarantinedReading.Command(
                Examples.actor(), visibility, reading, decision, note));
  }

  private static Verdict verdict(Recorded recorded) {
    assertThat(recorded).isInstanceOf(Recorded.Answer.class);
    return ((Recorded.Answer) recorded).verdict();
  }

  private static QuarantinedReading quarantined(Recorded recorded) {
    assertThat(recorded).isInstanceOf(Recorded.Quarantined.class);
    return ((Recorded.Quarantined) recorded).reading();
  }

  private static @Nullable End end(QuarantinedReading reading) {
    var resolution = reading.resolution();
    return resolution == null ? null : resolution.end();
  }

  private List<QuarantinedReading> readings() {
    return storage
        .quarantine()
        .page(new QuarantinedReadings.Query(Visibility.ALL, null, null, null, null, 100))
        .items();
  }

  private static QuarantinedReading only(List<QuarantinedReading> readings) {
    assertThat(readings).hasSize(1);
    return readings.getFirst();
  }

  private Optional<QuarantinedReading> doubt() {
    return storage.snapshots().latest(wallet.id(), Visibility.ALL).orElseThrow().doubt();
  }

  private LatestBalance latest() {
    return storage
        .snapshots()
        .latest(wallet.id(), Visibility.ALL)
        .orElseThrow()
        .latest()
        .orElseThrow();
  }

  private List<AuditEntry> auditEntries() {
    return storage.auditTrail().page(new AuditTrail.Query(null, null, null, null, 100)).items();
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

  private final class AllHeld implements Settlement {
    @Override
    public boolean settles(Completion completion) {
      return true;
    }

    @Override
    public Set<Completion> stillHeld(Collection<? extends Completion> completions) {
      return Set.copyOf(completions);
    }

    @Override
    public void settle(Map<Completion, Recorded> settled) {
      settled.forEach(
          (completion, outcome) -> answers.put(completion, outcome.toAnswer().orElseThrow()));
    }
  }
}
