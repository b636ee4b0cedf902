package io.walletsync.core.payout;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Concurrently;
import io.walletsync.core.Examples;
import io.walletsync.core.payout.PayoutAnswer.Reason;
import io.walletsync.core.payout.Reservation.State;
import io.walletsync.core.provider.BalanceProvider.Reply;
import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.provider.ScriptedBalanceProvider;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What can be paid, and when money that is set aside is free again. */
class CheckPayoutTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final PayoutWorld world = new PayoutWorld();

  @Test
  void whatIsSetAsideIsNotPromisedAgain() {
    world.has("100");

    var first = world.ask("a", "60");
    var second = world.ask("b", "60");

    assertThat(first.canPay()).isTrue();
    assertThat(requireNonNull(first.reservation()).state()).isEqualTo(State.HELD);
    assertThat(second.reason()).isEqualTo(Reason.INSUFFICIENT);
    assertThat(second.reservation()).isNull();
    assertThat(second.reserved()).isEqualTo(Examples.naira("60"));
    assertThat(requireNonNull(second.free()).toDecimalString()).isEqualTo("40.00");
    assertThat(world.ask("c", "40").canPay()).as("all that is left").isTrue();
    assertThat(world.audited("reserve_payout")).hasSize(2);
  }

  @Test
  void aQuestionAloneSetsNothingAside() {
    world.has("100");

    assertThat(world.ask("a", "60", false, MINUTE).canPay()).isTrue();
    assertThat(world.ask("b", "60", false, MINUTE).canPay()).isTrue();
    assertThat(world.storage.reservations().open(world.wallet.id())).isEmpty();
  }

  @Test
  void theProviderIsAskedFirstWhereTheBalanceIsTooOld() {
    world.has("100");
    world.ask("a", "1", false, MINUTE);
    world.ask("b", "1", false, MINUTE);
    assertThat(world.provider.calls()).as("young enough").isEqualTo(1);
    world.has("50");
    world.tick(120);

    var answer = world.ask("c", "60", false, MINUTE);

    assertThat(world.provider.calls()).isEqualTo(2);
    assertThat(answer.available()).isEqualTo(Examples.naira("50"));
    assertThat(answer.reason()).isEqualTo(Reason.INSUFFICIENT);
    world.ask("d", "1", false, Duration.ZERO);
    assertThat(world.provider.calls()).isEqualTo(3);
  }

  @Test
  void anOldBalanceThatCannotBeHadAnewIsNeverAYes() {
    world.has("100");
    world.read();
    world.fails();
    world.tick(120);

    var answer = world.ask("a", "1");

    assertThat(answer.reason()).isEqualTo(Reason.STALE);
    assertThat(requireNonNull(answer.failure()).reason().code()).isEqualTo("timeout");
    assertThat(world.storage.reservations().under(world.wallet.id(), "a")).isEmpty();
  }

  @Test
  void aBalanceInDoubtOrUnknownIsNeverAYes() {
    world.fails();
    assertThat(world.ask("a", "1").reason()).isEqualTo(Reason.NO_BALANCE);
    world.has("100");
    assertThat(world.ask("b", "1").canPay()).isTrue();
    world.provider.always(
        call -> ScriptedBalanceProvider.reading(Examples.balance(call % 2 == 0 ? "10000" : "1")));
    world.read();

    var answer = world.ask("c", "1", true, CheckPayout.OLDEST);

    assertThat(answer.reason()).isEqualTo(Reason.IN_DOUBT);
    assertThat(answer.doubt()).isNotNull();
    assertThat(world.ask("b", "1", true, CheckPayout.OLDEST).reason())
        .as("nor again for what was set aside before")
        .isEqualTo(Reason.IN_DOUBT);
  }

  @Test
  void askedAgainItIsTheSameReservation() {
    world.has("100");
    var first = world.ask("a", "100");

    var again = world.ask("a", "100.00");

    assertThat(again.canPay()).isTrue();
    assertThat(again.reservation()).isEqualTo(first.reservation());
    assertThat(world.check("a", "99", true, MINUTE))
        .isInstanceOf(CheckPayout.Outcome.ReferenceReused.class);
    assertThat(world.audited("reserve_payout")).hasSize(1);
  }

  @Test
  void whatWasSentOrGivenUpIsNotToBePaidAgain() {
    world.has("100");
    world.ask("a", "10");
    world.ask("b", "10");
    world.confirm("a");
    world.release("b");

    assertThat(world.ask("a", "10").reason()).isEqualTo(Reason.ALREADY_CONFIRMED);
    assertThat(world.ask("b", "10").reason()).isEqualTo(Reason.ALREADY_RELEASED);
  }

  @Test
  void timeAloneFreesNothing() {
    world.has("100");
    world.ask("a", "60");

    world.tick(90 * 24 * 3_600);

    assertThat(world.reservation("a").isOverdue(world.clock.instant())).isTrue();
    assertThat(world.ask("b", "60").reason()).isEqualTo(Reason.INSUFFICIENT);
  }

  @Test
  void aReadingThatShowsTheOutflowCoversWhatWasConfirmed() {
    world.has("100");
    world.ask("a", "60");
    world.confirm("a");
    world.read();
    assertThat(free()).as("nothing has left yet").isEqualTo("40.00");
    world.has("40");
    world.read();

    assertThat(free()).isEqualTo("40.00");
    var covered = world.reservation("a");
    assertThat(covered.state()).isEqualTo(State.COVERED);
    assertThat(requireNonNull(covered.ended()).sequence()).isEqualTo(2);
    assertThat(world.audited("cover_payout")).hasSize(1);
  }

  @Test
  void aReadingBeforeTheConfirmationCoversOnceThatComes() {
    world.has("100");
    world.ask("a", "60");
    world.has("40");
    world.read();
    assertThat(free()).as("held").isEqualTo("-20.00");

    world.confirm("a");

    assertThat(free()).isEqualTo("40.00");
  }

  @Test
  void aReadingThatWasAskedForBeforeItWasSetAsideCoversNothing() {
    world.has("100");
    world.read();
    var gate = world.provider.nextHeld(ScriptedBalanceProvider.reading(Examples.balance("40")));
    var reading = Concurrently.run(world::read);
    gate.awaitCall();
    world.ask("a", "60");
    gate.open();
    reading.join();
    world.confirm("a");

    assertThat(free()).as("it may be another outflow").isEqualTo("-20.00");
  }

  @Test
  void moneyThatCameInMayHideAnOutflowThenItStaysSetAside() {
    world.has("100");
    world.ask("a", "60");
    world.confirm("a");
    world.has("70"); // 60 out, 30 in
    world.read();

    assertThat(free()).isEqualTo("10.00");
    assertThat(world.reservation("a").state()).isEqualTo(State.CONFIRMED);
  }

  @Test
  void oneOutflowCoversNoMoreThanItIs() {
    world.has("100");
    world.ask("a", "30");
    world.ask("b", "30");
    world.confirm("a");
    world.confirm("b");
    world.has("70");
    world.read();

    assertThat(free()).isEqualTo("40.00");
    assertThat(world.reservation("a").state()).isEqualTo(State.COVERED);
    assertThat(world.reservation("b").state()).isEqualTo(State.CONFIRMED);
  }

  @Test
  void ofSeveralTheOneOfExactlyThatAmountIsCovered() {
    world.has("100");
    world.ask("a", "20");
    world.ask("b", "30");
    world.confirm("a");
    world.confirm("b");
    world.has("70");
    world.read();

    assertThat(free()).isEqualTo("50.00");
    assertThat(world.reservation("b").state()).isEqualTo(State.COVERED);
  }

  @Test
  void aMovementCoversOnceABalanceWasAskedForAfterIt() {
    world.has("100");
    world.ask("a", "60");
    world.has("70"); // 60 out, 30 in
    world.movement("row-1", "a", "-60.50");
    assertThat(free()).as("the balance may be older than the movement").isEqualTo("40.00");

    world.tick(90);
    world.read();

    assertThat(free()).isEqualTo("70.00");
    var covered = requireNonNull(world.reservation("a").ended());
    assertThat(covered.movement()).isEqualTo("row-1");
  }

  @Test
  void aMovementOfAnotherNameAmountOrTimeCoversNothing() {
    world.has("200");
    world.movement("early", "a", "-60");
    world.tick(90);
    world.ask("a", "60");
    world.movement("other", "b", "-60");
    world.movement("small", "a", "-59.99");
    world.movement("credit", "a", "60");
    world.tick(90);
    world.read();

    assertThat(free()).isEqualTo("140.00");
  }

  @Test
  void whereTheMovementWasNamedNothingElseCovers() {
    world.has("100");
    world.ask("a", "60");
    world.confirm("a", "transfer-7");
    world.has("40");
    world.read();
    world.movement("row-1", "a", "-60");
    world.tick(90);
    world.read();
    assertThat(free()).isEqualTo("-20.00");
    world.movement("row-2", "transfer-7", "-60");
    world.tick(90);
    world.read();

    assertThat(free()).isEqualTo("40.00");
  }

  @Test
  void aReadingThatMayHaveShownTheMovementOfAnotherKeepsThatSetAside() {
    world.has("100");
    world.ask("a", "30");
    world.ask("b", "30");
    world.confirm("a");
    world.has("70"); // b has left, and nobody said so
    world.read();
    assertThat(free()).as("a is taken for it").isEqualTo("40.00");
    world.movement("row-1", "b", "-30");
    world.tick(90);
    world.read();
    assertThat(free()).as("a is still to leave").isEqualTo("40.00");
    world.has("40");
    world.movement("row-2", "a", "-30");
    world.tick(90);
    world.read();

    assertThat(free()).isEqualTo("40.00");
  }

  @Test
  void whatLeftAndComesBackIsNotTakenForAnotherPayout() {
    world.has("100");
    world.ask("a", "30");
    world.ask("b", "30");
    world.confirm("a");
    world.confirm("b");
    world.release("a"); // it left and will come back
    world.has("70");
    world.read();
    world.has("100");
    world.read();

    assertThat(free()).as("b is still to leave").isEqualTo("70.00");
  }

  @Test
  void whatMayHaveLeftWhileAnotherWasCoveredIsReleasedOnlyIfItNeverDid() {
    world.has("100");
    world.ask("a", "30");
    world.ask("b", "30");
    world.confirm("a");
    world.confirm("b");
    world.has("70");
    world.read();
    assertThat(free()).as("one of them has left, and a is taken for it").isEqualTo("40.00");

    assertThat(world.release("b")).isInstanceOf(ReleasePayout.Outcome.InQuestion.class);
    assertThat(free()).isEqualTo("40.00");
    world.movement("row-1", "a", "-30");
    world.tick(90);
    world.read();

    assertThat(world.release("b")).isInstanceOf(ReleasePayout.Outcome.Released.class);
    assertThat(free()).isEqualTo("70.00");
  }

  @Test
  void afterOneThatMayHaveLeftWasReleasedABalanceIsAskedForFirst() {
    world.has("100");
    world.ask("a", "60");
    world.confirm("a");
    world.has("40"); // it left, and will come back
    world.release("a");
    world.provider.next(
        new Reply.Failure(ProviderFailure.of(ProviderFailure.Reason.TIMEOUT, "Too slow.")));
    assertThat(world.ask("b", "60", true, CheckPayout.OLDEST).reason()).isEqualTo(Reason.STALE);

    var answer = world.ask("b", "60", true, CheckPayout.OLDEST);

    assertThat(answer.reason()).isEqualTo(Reason.INSUFFICIENT);
    assertThat(answer.available()).isEqualTo(Examples.naira("40"));
  }

  @Test
  void whoKnowsThatItNeverLeftReleasesAtOnce() {
    world.has("100");
    world.ask("a", "30");
    world.ask("b", "30");
    world.confirm("a");
    world.confirm("b");
    world.has("70");
    world.read();

    assertThat(world.release("b", true)).isInstanceOf(ReleasePayout.Outcome.Released.class);
    assertThat(free()).isEqualTo("70.00");
  }

  @Test
  void aReleaseFreesAtOnceAndOnlyOnce() {
    world.has("100");
    world.ask("a", "60");

    var first = (ReleasePayout.Outcome.Released) world.release("a");
    var again = (ReleasePayout.Outcome.Released) world.release("a");

    assertThat(again.reservation()).isEqualTo(first.reservation());
    assertThat(world.audited("release_payout")).hasSize(1);
    assertThat(world.ask("b", "100").canPay()).isTrue();
    assertThat(world.confirm("a")).isInstanceOf(ConfirmPayout.Outcome.Released.class);
  }

  @Test
  void whatHasLeftCannotBeReleased() {
    world.has("100");
    world.ask("a", "60");
    world.confirm("a");
    world.has("40");
    world.read();

    assertThat(world.release("a")).isInstanceOf(ReleasePayout.Outcome.Covered.class);
    assertThat(world.confirm("a")).isInstanceOf(ConfirmPayout.Outcome.Confirmed.class);
    assertThat(world.audited("confirm_payout")).hasSize(1);
  }

  @Test
  void aConfirmationIsSaidOnce() {
    world.has("100");
    world.ask("a", "60");
    world.confirm("a", "t");

    assertThat(world.confirm("a", "t")).isInstanceOf(ConfirmPayout.Outcome.Confirmed.class);
    assertThat(world.confirm("a", "u"))
        .isInstanceOf(ConfirmPayout.Outcome.ConfirmedOtherwise.class);
    assertThat(world.audited("confirm_payout")).hasSize(1);
  }

  @Test
  void aClosedWalletPaysNothing() {
    world.has("100");
    world.read();
    world.storage.wallets().update(world.wallet.closed(Examples.MORNING));

    assertThat(world.check("a", "1", true, MINUTE))
        .isInstanceOf(CheckPayout.Outcome.WalletClosed.class);
  }

  private String free() {
    return requireNonNull(world.ask("question", "1", false, CheckPayout.OLDEST).free())
        .toDecimalString();
  }
}
