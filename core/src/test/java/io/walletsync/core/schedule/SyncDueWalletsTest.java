package io.walletsync.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.core.Examples;
import io.walletsync.core.balance.Balance;
import io.walletsync.core.balance.Recorded;
import io.walletsync.core.balance.Recorded.Verdict;
import io.walletsync.core.balance.Source;
import io.walletsync.core.money.Money;
import io.walletsync.core.provider.BalanceProvider.AccountBalance;
import io.walletsync.core.provider.BalanceProvider.Reply;
import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.provider.ProviderFailure.Reason;
import io.walletsync.core.provider.ScriptedBalanceProvider;
import io.walletsync.core.sync.ReadAndRecord.Result;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.SyncSchedule;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SyncDueWalletsTest {
  private static final Duration INTERVAL = SyncSchedule.STANDARD.interval();
  private static final Duration LONG = Duration.ofHours(3);

  private final ScheduleFixture fixture = new ScheduleFixture();
  private final Wallet wallet = fixture.registered();

  @Test
  void aDueWalletIsReadAndRecordedBySchedule() {
    fixture.provider.always(reading("100"));
    assertThat(fixture.tick()).isEmpty();

    fixture.clock.advance(INTERVAL);

    assertThat(fixture.tick()).satisfiesExactly(result -> assertVerdict(result, Verdict.CREATED));
    assertThat(fixture.storage.allSnapshots())
        .singleElement()
        .satisfies(
            snapshot -> {
              assertThat(snapshot.source()).isEqualTo(Source.SCHEDULE);
              assertThat(snapshot.requestKey()).isNull();
            });
    assertThat(fixture.standing(wallet).failures()).isZero();
    assertThat(fixture.standing(wallet).dueAt())
        .isBetween(
            fixture.clock.instant().plus(INTERVAL.multipliedBy(3).dividedBy(4)),
            fixture.clock.instant().plus(INTERVAL.multipliedBy(2)));
  }

  @Test
  void anOutageOfManyIntervalsLeadsToOneSync() {
    fixture.provider.always(reading("100"));
    fixture.clock.advance(INTERVAL.multipliedBy(500));

    assertThat(fixture.tick()).hasSize(1);
    assertThat(fixture.tick()).isEmpty();
    assertThat(fixture.provider.calls()).isEqualTo(1);
  }

  @Test
  void walletsOfOneCallAreServedByOneAndStayTogether() {
    var other =
        fixture.registered(
            Examples.wallet(
                fixture.connections().find(wallet.connectionId(), Visibility.ALL).orElseThrow(),
                "",
                Examples.GHS));
    fixture.provider.always(
        new Reply.Reading(
            List.of(
                new AccountBalance("", Examples.balance("100"), null, null, Metadata.NONE),
                new AccountBalance(
                    "",
                    Balance.available(new Money(BigDecimal.TEN, Examples.GHS)),
                    null,
                    null,
                    Metadata.NONE))));
    fixture.clock.advance(INTERVAL);

    assertThat(fixture.tick()).hasSize(2);
    assertThat(fixture.provider.calls()).isEqualTo(1);
    assertThat(fixture.standing(wallet).dueAt()).isEqualTo(fixture.standing(other).dueAt());
  }

  @Test
  void aFailureIsPutOffLongerEachTimeAndForgottenAfterASuccess() {
    fixture.provider.always(failure(null));
    fixture.clock.advance(INTERVAL);

    assertThat(fixture.tick())
        .satisfiesExactly(r -> assertThat(r).isInstanceOf(Result.Failed.class));

    // the lowest chance: a fifth less than a minute
    assertThat(fixture.standing(wallet).failures()).isEqualTo(1);
    assertDueIn(Duration.ofSeconds(48));
    fixture.clock.advance(Duration.ofSeconds(49));
    assertThat(fixture.tick()).hasSize(1);
    assertThat(fixture.standing(wallet).failures()).isEqualTo(2);
    assertDueIn(Duration.ofSeconds(96));
    assertThat(fixture.storage.allSnapshots()).isEmpty();
    fixture.provider.always(reading("100"));
    fixture.clock.advance(Duration.ofSeconds(97));
    assertThat(fixture.tick()).hasSize(1);
    assertThat(fixture.standing(wallet).failures()).isZero();
    assertThat(fixture.observed).contains("put off 1");
  }

  @Test
  void threeFailuresInARowAreAnOutageThatIsToldOnceAndEndsWithABalance() {
    fixture.provider.always(failure(null));
    fixture.clock.advance(INTERVAL);
    for (var failures = 1; failures <= 5; failures++) {
      fixture.tick();
      assertThat(fixture.told).hasSize(failures < 3 ? 0 : 1);
      fixture.clock.advance(LONG);
    }
    assertThat(fixture.told).containsExactly("failing 3 UNAVAILABLE");

    fixture.provider.always(reading("100"));
    fixture.tick();
    fixture.clock.advance(LONG);
    fixture.tick();

    assertThat(fixture.told).containsExactly("failing 3 UNAVAILABLE", "recovered 5");
  }

  @Test
  void aProviderIsNotAskedSoonerThanItAllows() {
    fixture.provider.always(failure(LONG));
    fixture.clock.advance(INTERVAL);

    fixture.tick();

    assertDueIn(LONG);
  }

  @Test
  void whatBreaksIsPutOffToo() {
    fixture.provider.always(
        _ -> {
          throw new IllegalStateException("a defect");
        });
    fixture.clock.advance(INTERVAL);
    var calls = fixture.lease();

    assertThatThrownBy(() -> fixture.sync(calls.getFirst()))
        .isInstanceOf(IllegalStateException.class);

    assertThat(fixture.standing(wallet).failures()).isEqualTo(1);
    assertDueIn(Duration.ofSeconds(48));
  }

  @Test
  void aDeadNodesWalletIsTakenOverAndTheLateOneRecordsNothing() {
    fixture.provider.always(reading("100"));
    fixture.clock.advance(INTERVAL);
    var dead = fixture.lease();
    assertThat(fixture.lease()).isEmpty();

    fixture.clock.advance(ScheduleFixture.LEASE);
    var heir = fixture.lease();

    assertThat(fixture.observed).endsWith("leased 1, taken over 1");
    assertThat(fixture.sync(dead.getFirst())).containsExactly(done(new Recorded.TakenOver()));
    assertThat(fixture.storage.allSnapshots()).isEmpty();
    assertThat(fixture.sync(heir.getFirst()))
        .satisfiesExactly(result -> assertVerdict(result, Verdict.CREATED));
  }

  @Test
  void aLeaseThatEndedRecordsNothingThoughNobodyTookOver() {
    fixture.provider.always(reading("100"));
    fixture.clock.advance(INTERVAL);
    var late = fixture.lease();
    fixture.clock.advance(ScheduleFixture.LEASE);

    assertThat(fixture.sync(late.getFirst())).containsExactly(done(new Recorded.TakenOver()));

    assertThat(fixture.storage.allSnapshots()).isEmpty();
    assertThat(fixture.tick()).hasSize(1);
  }

  @Test
  void whatWasPausedMeanwhileIsNotRecorded() {
    fixture.provider.always(reading("100"));
    fixture.clock.advance(INTERVAL);
    var call = fixture.lease().getFirst();

    become(Wallet.Status.PAUSED);

    assertThat(fixture.sync(call)).containsExactly(done(new Recorded.TakenOver()));
    assertThat(fixture.storage.allSnapshots()).isEmpty();
    fixture.clock.advance(LONG);
    assertThat(fixture.tick()).isEmpty();
    become(Wallet.Status.ACTIVE);
    assertThat(fixture.tick()).isEmpty();
    fixture.clock.advance(INTERVAL);
    assertThat(fixture.tick()).hasSize(1);
  }

  @Test
  void aFailureAfterTheLeaseIsNobodysConcern() {
    fixture.provider.always(failure(null));
    fixture.clock.advance(INTERVAL);
    var late = fixture.lease();
    fixture.clock.advance(ScheduleFixture.LEASE);
    fixture.lease();

    fixture.sync(late.getFirst());

    assertThat(fixture.standing(wallet).failures()).isZero();
    assertThat(fixture.observed).endsWith("put off 0");
  }

  @Test
  void aQuarantinedReadingEndsTheTurnAsWell() {
    fixture.provider.always(reading("50000"));
    fixture.clock.advance(INTERVAL);
    fixture.tick();
    var strange = new int[] {0};
    fixture.provider.always(_ -> reading(strange[0]++ % 2 == 0 ? "500" : "500.5"));
    fixture.clock.advance(LONG);

    assertThat(fixture.tick())
        .satisfiesExactly(
            result ->
                assertThat(result)
                    .isInstanceOfSatisfying(
                        Result.Done.class,
                        done ->
                            assertThat(done.recorded()).isNotInstanceOf(Recorded.TakenOver.class)));

    assertThat(fixture.standing(wallet).dueAt()).isAfter(fixture.clock.instant());
  }

  @Test
  void anAdaptiveScheduleSlowsDownWhileNothingChanges() {
    var slow = new SyncSchedule(Duration.ofMinutes(1), Duration.ofHours(1));
    fixture.wallets().update(wallet.scheduled(slow));
    fixture.provider.always(reading("100"));
    fixture.clock.advance(Duration.ofMinutes(1));
    fixture.tick();
    for (var i = 0; i < 20; i++) {
      fixture.clock.advance(Duration.ofHours(2));
      fixture.tick();
    }

    fixture.clock.advance(Duration.ofMinutes(44));
    assertThat(fixture.tick()).isEmpty();
  }

  private void become(Wallet.Status status) {
    fixture
        .wallets()
        .update(
            new Wallet(
                wallet.id(),
                wallet.connectionId(),
                wallet.provider(),
                "",
                wallet.currency(),
                null,
                null,
                wallet.metadata(),
                status,
                wallet.createdAt(),
                wallet.updatedAt()));
  }

  private void assertDueIn(Duration time) {
    var due = fixture.standing(wallet).dueAt();
    assertThat(due)
        .isBetween(
            fixture.clock.instant().plus(time), fixture.clock.instant().plus(time).plusSeconds(1));
  }

  private static void assertVerdict(Result result, Verdict verdict) {
    assertThat(result)
        .isInstanceOfSatisfying(
            Result.Done.class,
            done -> assertThat(((Recorded.Answer) done.recorded()).verdict()).isEqualTo(verdict));
  }

  private static Result done(Recorded recorded) {
    return new Result.Done(recorded);
  }

  private static Reply reading(String amount) {
    return ScriptedBalanceProvider.reading(Examples.balance(amount));
  }

  private static Reply failure(@Nullable Duration retryAfter) {
    return new Reply.Failure(new ProviderFailure(Reason.UNAVAILABLE, "It failed.", retryAfter));
  }
}
