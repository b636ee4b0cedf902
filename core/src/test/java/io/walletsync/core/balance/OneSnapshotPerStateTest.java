package io.walletsync.core.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.balance.ExampleObservation.Attempt;
import io.walletsync.core.balance.Recorded.Verdict;
import io.walletsync.core.kernel.RequestKey;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A state of a balance is recorded once, and no change of it is missed. */
final class OneSnapshotPerStateTest {
  private final RecordingFixture fixture = new RecordingFixture();

  @Test
  void theFirstReadingCreates() {
    var observation = fixture.reading(0, "100").named("row-1");

    var answer = fixture.record(observation);

    assertThat(answer.verdict()).isEqualTo(Verdict.CREATED);
    assertThat(answer.externalIdConflict()).isFalse();
    assertThat(answer.confirmedAt()).isEqualTo(observation.observedAt());
    assertThat(answer.snapshot())
        .isEqualTo(
            new WalletBalanceSnapshot(
                answer.snapshot().snapshotId(),
                fixture.wallet.id(),
                1,
                fixture.wallet.provider(),
                Examples.balance("100"),
                new ExternalBalanceId("row-1"),
                observation.observedAt(),
                null,
                Examples.MORNING,
                observation.observedAt(),
                Source.API,
                null,
                observation.observation().metadata(),
                fixture.clock.instant()));
    assertThat(fixture.storage.allSnapshots()).containsExactly(answer.snapshot());
  }

  @Test
  void anUnchangedBalanceMakesNoSnapshotAndMovesTheConfirmation() {
    var created = fixture.record(fixture.reading(0, "100"));
    var again = fixture.reading(60, "100.00");

    var answer = fixture.record(again);

    assertThat(answer.verdict()).isEqualTo(Verdict.UNCHANGED);
    assertThat(answer.snapshot()).isEqualTo(created.snapshot());
    assertThat(answer.confirmedAt()).isEqualTo(again.observedAt());
    assertThat(fixture.storage.allSnapshots()).hasSize(1);
    assertThat(fixture.latest().confirmedAt()).isEqualTo(again.observedAt());
    assertThat(fixture.latest().confirmedByCallStartedAt())
        .isEqualTo(Examples.MORNING.plusSeconds(60));
  }

  @Test
  void aConfirmationNeverMovesBack() {
    var slow = fixture.reading(0, "100").took(Duration.ofSeconds(10));
    fixture.record(slow);

    var answer = fixture.record(fixture.reading(1, "100").took(Duration.ofSeconds(1)));

    assertThat(answer.verdict()).isEqualTo(Verdict.UNCHANGED);
    assertThat(answer.confirmedAt()).isEqualTo(slow.observedAt());
    assertThat(fixture.latest().confirmedByCallStartedAt())
        .isEqualTo(Examples.MORNING.plusSeconds(1));
  }

  @Test
  void thereAndBackMakesThreeSnapshots() {
    fixture.record(fixture.reading(0, "100"));
    fixture.record(fixture.reading(10, "200"));
    var third = fixture.record(fixture.reading(20, "100"));

    assertThat(third.verdict()).isEqualTo(Verdict.CREATED);
    assertThat(third.snapshot().sequence()).isEqualTo(3);
    assertThat(fixture.storage.allSnapshots())
        .extracting(snapshot -> snapshot.balance().available())
        .containsExactly(Examples.naira("100"), Examples.naira("200"), Examples.naira("100"));
  }

  @Test
  void aChangeOfTheLedgerOrTheLockedAmountAloneIsAChange() {
    var available = Examples.naira("100");
    fixture.record(fixture.reading(0, "100").balance(new Balance(available, available, null)));

    var ledger =
        fixture.record(
            fixture.reading(1, "100").balance(new Balance(available, Examples.naira("101"), null)));
    var locked =
        fixture.record(
            fixture
                .reading(2, "100")
                .balance(new Balance(available, Examples.naira("101"), Examples.naira("1"))));
    var unknown =
        fixture.record(
            fixture.reading(3, "100").balance(new Balance(available, null, Examples.naira("1"))));

    assertThat(List.of(ledger, locked, unknown))
        .extracting(Recorded.Answer::verdict)
        .containsOnly(Verdict.CREATED);
  }

  @Test
  void theCurrentSnapshotsIdAgainIsUnchanged() {
    fixture.record(fixture.reading(0, "100").named("row-1"));

    assertThat(fixture.record(fixture.reading(10, "100").named("row-1")).verdict())
        .isEqualTo(Verdict.UNCHANGED);
  }

  @Test
  void anOlderSnapshotsIdIsADuplicateAndTouchesNothing() {
    fixture.record(fixture.reading(0, "100").named("row-1"));
    var current = fixture.record(fixture.reading(10, "200").named("row-2"));
    var before = fixture.latest();

    var answer = fixture.record(fixture.reading(20, "100").named("row-1"));

    assertThat(answer.verdict()).isEqualTo(Verdict.DUPLICATE);
    assertThat(answer.externalIdConflict()).isFalse();
    assertThat(answer.snapshot()).isEqualTo(current.snapshot());
    assertThat(answer.confirmedAt()).isEqualTo(current.confirmedAt());
    assertThat(fixture.latest()).isEqualTo(before);
    assertThat(fixture.storage.allSnapshots()).hasSize(2);
  }

  @Test
  void aStateThatTheProviderDatesAfterTheCurrentOneIsNotOldNews() {
    var earlier = Examples.MORNING.minusSeconds(600);
    var later = Examples.MORNING.minusSeconds(60);
    fixture.record(fixture.reading(0, "200").named("row-2").providerTime(later));
    fixture.record(fixture.reading(10, "100").named("row-1").providerTime(earlier));

    var healed = fixture.record(fixture.reading(20, "200").named("row-2").providerTime(later));

    assertThat(healed.verdict()).isEqualTo(Verdict.CREATED);
    assertThat(healed.snapshot().balance().available().toDecimalString()).isEqualTo("200.00");
    assertThat(
            fixture.record(fixture.reading(30, "200").named("row-2").providerTime(later)).verdict())
        .isEqualTo(Verdict.UNCHANGED);
  }

  @Test
  void anOlderSnapshotsIdIsADuplicateEvenWhereTheAmountIsBackToday() {
    fixture.record(fixture.reading(0, "100").named("row-1"));
    fixture.record(fixture.reading(10, "200").named("row-2"));
    fixture.record(fixture.reading(20, "100").named("row-3"));
    var before = fixture.latest();

    assertThat(fixture.record(fixture.reading(30, "100").named("row-1")).verdict())
        .isEqualTo(Verdict.DUPLICATE);
    assertThat(fixture.latest()).isEqualTo(before);
  }

  @Test
  void aKnownIdWithAnotherAmountIsAChangeWithoutTheIdAndFlagged() {
    fixture.record(fixture.reading(0, "100").named("row-1"));
    fixture.record(fixture.reading(10, "200").named("row-2"));

    var ofAnOldState = fixture.record(fixture.reading(20, "300").named("row-1"));
    var ofTheCurrentState = fixture.record(fixture.reading(30, "200").named("row-2"));

    assertThat(ofAnOldState.verdict()).isEqualTo(Verdict.CREATED);
    assertThat(ofAnOldState.externalIdConflict()).isTrue();
    assertThat(ofAnOldState.snapshot().externalId()).isNull();
    assertThat(ofAnOldState.snapshot().balance()).isEqualTo(Examples.balance("300"));
    assertThat(ofTheCurrentState.externalIdConflict()).isFalse();
  }

  @Test
  void theCurrentIdWithAnotherAmountIsAChangeWithoutTheIdAndFlagged() {
    fixture.record(fixture.reading(0, "100").named("row-1"));

    var answer = fixture.record(fixture.reading(10, "300").named("row-1"));

    assertThat(answer.verdict()).isEqualTo(Verdict.CREATED);
    assertThat(answer.externalIdConflict()).isTrue();
    assertThat(answer.snapshot().externalId()).isNull();
  }

  @Test
  void aKnownIdWithTodaysAmountConfirmsItAndIsFlagged() {
    fixture.record(fixture.reading(0, "100").named("row-1"));
    fixture.record(fixture.reading(10, "200").named("row-2"));

    var answer = fixture.record(fixture.reading(20, "200").named("row-1"));

    assertThat(answer.verdict()).isEqualTo(Verdict.UNCHANGED);
    assertThat(answer.externalIdConflict()).isTrue();
    assertThat(fixture.storage.allSnapshots()).hasSize(2);
  }

  @Test
  void anOldIdIsARealChangeWhereTheCurrentSnapshotHasNone() {
    fixture.record(fixture.reading(0, "100").named("row-1"));
    fixture.record(fixture.reading(10, "200"));

    var answer = fixture.record(fixture.reading(20, "100").named("row-1"));

    assertThat(answer.verdict()).isEqualTo(Verdict.CREATED);
    assertThat(answer.externalIdConflict()).isFalse();
    assertThat(answer.snapshot().sequence()).isEqualTo(3);
    assertThat(answer.snapshot().externalId()).isNull();
  }

  @Test
  void anIdOfAnotherWalletSaysNothing() {
    var other = fixture.registered();
    fixture.record(ExampleObservation.of(other.id()).balance("100").named("row-1"));

    var answer = fixture.record(fixture.reading(0, "200").named("row-1"));

    assertThat(answer.verdict()).isEqualTo(Verdict.CREATED);
    assertThat(answer.externalIdConflict()).isFalse();
    assertThat(answer.snapshot().externalId()).isEqualTo(new ExternalBalanceId("row-1"));
  }

  @Test
  void aRequestNeverMakesASecondSnapshot() {
    var key = Examples.requestKey();
    fixture.record(fixture.reading(0, "100").settling(attempt(key)));
    var current = fixture.record(fixture.reading(10, "200"));
    var before = fixture.latest();

    var answer = fixture.record(fixture.reading(20, "300").settling(attempt(key)));

    assertThat(answer.verdict()).isEqualTo(Verdict.DUPLICATE);
    assertThat(answer.snapshot()).isEqualTo(current.snapshot());
    assertThat(fixture.latest()).isEqualTo(before);
    assertThat(fixture.storage.allSnapshots()).hasSize(2);
  }

  @Test
  void aRequestMayMakeASnapshotOfEachWallet() {
    var other = fixture.registered();
    var key = Examples.requestKey();
    fixture.record(fixture.reading(0, "100").settling(attempt(key)));
    fixture.record(ExampleObservation.of(other.id()).balance("1"));

    var answer =
        fixture.record(
            ExampleObservation.of(other.id()).startedAfter(10).balance("2").settling(attempt(key)));

    assertThat(answer.verdict()).isEqualTo(Verdict.CREATED);
    assertThat(answer.snapshot().requestKey()).isEqualTo(key);
  }

  private static Attempt attempt(RequestKey key) {
    return new Attempt(key, UUID.randomUUID());
  }
}
