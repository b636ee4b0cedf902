package io.walletsync.core.reconciliation;

import static io.walletsync.core.reconciliation.ReconciliationWorld.row;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.reconciliation.ExpectBalances.Outcome;
import io.walletsync.core.reconciliation.ExpectBalances.Reason;
import io.walletsync.core.reconciliation.ExpectBalances.Row;
import io.walletsync.core.reconciliation.Reconciliation.How;
import io.walletsync.core.reconciliation.Reconciliation.State;
import io.walletsync.core.reconciliation.SettleReconciliation.Decision;
import io.walletsync.core.wallet.Wallet;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the books say and what the provider said, moment by moment. */
class ExpectBalancesTest {
  private final ReconciliationWorld world = new ReconciliationWorld();
  private final Wallet wallet = world.wallet();

  @Test
  void aBalanceThatWasConfirmedBeforeTheMomentSaysNothingAboutIt() {
    world.read(wallet, 10, "100");

    assertThat(world.expected(row(wallet, 11, "100")).state()).isEqualTo(State.PENDING);
    assertThat(world.expected(row(wallet, 10, "100")).state()).isEqualTo(State.AGREED);
  }

  @Test
  void whatIsPendingIsDecidedOnceMoreIsKnown() {
    var agreeing = world.expected(row(wallet, 11, "100"));
    var differing = world.expected(row(wallet, 12, "90"));
    world.read(wallet, 10, "100");
    world.tick();
    assertThat(world.now(agreeing).state()).isEqualTo(State.PENDING);
    assertThat(world.now(agreeing).knownUntil()).isEqualTo(Examples.MORNING.plusSeconds(10));

    world.read(wallet, 20, "100");
    world.tick();

    assertThat(world.now(agreeing).state()).isEqualTo(State.AGREED);
    assertThat(world.now(differing).state()).isEqualTo(State.OPEN);
    assertThat(drift(world.now(differing))).isEqualTo("10.00");
  }

  @Test
  void withinTheLagTheProviderMayComeToAgreeAndAfterItMayNot() {
    var other = world.wallet();
    for (var each : List.of(wallet, other)) {
      world.read(each, 10, "100");
    }
    var inTime = world.expected(row(wallet, 10, "70", "0", 5));
    var tooLate = world.expected(row(other, 10, "70", "0", 4));
    world.read(other, 14, "100");
    world.tick();
    for (var each : List.of(wallet, other)) {
      world.read(each, 15, "70");
    }
    world.tick();

    assertThat(world.now(inTime).state()).isEqualTo(State.AGREED);
    assertThat(found(world.now(inTime)).nearestAt()).isEqualTo(Examples.MORNING.plusSeconds(15));
    assertThat(drift(world.now(inTime))).as("at the moment itself").isEqualTo("30.00");
    assertThat(world.now(tooLate).state()).isEqualTo(State.OPEN);
  }

  @Test
  void whereTheProviderWasNotAskedWhenTheLagEndedItsNextAnswerDecides() {
    var other = world.wallet();
    for (var each : List.of(wallet, other)) {
      world.read(each, 0, "100");
    }
    var settled = world.expected(row(wallet, 60, "50", "0", 30));
    var wrong = world.expected(row(other, 60, "45", "0", 30));
    world.read(wallet, 600, "50");
    world.read(other, 600, "50");
    world.tick();

    assertThat(world.now(settled).state()).isEqualTo(State.AGREED);
    assertThat(found(world.now(settled)).nearestAt()).isEqualTo(Examples.MORNING.plusSeconds(600));
    assertThat(world.now(wrong).state()).isEqualTo(State.OPEN);
    assertThat(drift(world.now(wrong))).isEqualTo("55.00");
    assertThat(requireNonNull(found(world.now(wrong)).unexplained()).toDecimalString())
        .as("measured against the nearest")
        .isEqualTo("5.00");

    // whoever looks again later finds the same gap
    world.clock.advance(Duration.ofMinutes(1));
    world.tick();
    assertThat(world.storage.reconciliations().comparisons(wrong)).hasSize(1);
  }

  @Test
  void whatMovedBeforeTheMomentExplainsToo() {
    world.read(wallet, 0, "100");
    world.move(wallet, 30, "-50");
    var open = world.expected(row(wallet, 60, "45", "0", 30));
    world.move(wallet, 70, "-2");
    world.read(wallet, 600, "60");
    world.tick();

    var comparison = found(world.now(open));
    assertThat(drift(world.now(open))).isEqualTo("55.00");
    assertThat(requireNonNull(comparison.explained()).toDecimalString()).isEqualTo("52.00");
    assertThat(requireNonNull(comparison.unexplained()).toDecimalString()).isEqualTo("3.00");
  }

  @Test
  void whatTheProviderMadeGoodIsExplainedAndTheRestIsNot() {
    world.read(wallet, 10, "100");
    world.read(wallet, 12, "80");
    world.read(wallet, 20, "100");

    var open = world.expected(row(wallet, 10, "75", "1", 5));

    assertThat(open.state()).isEqualTo(State.OPEN);
    var comparison = found(open);
    assertThat(drift(open)).isEqualTo("25.00");
    assertThat(requireNonNull(comparison.explained()).toDecimalString()).isEqualTo("20.00");
    assertThat(requireNonNull(comparison.unexplained()).toDecimalString()).isEqualTo("5.00");
    assertThat(comparison.nearestAt()).isEqualTo(Examples.MORNING.plusSeconds(12));
    assertThat(comparison.balance()).isEqualTo(Examples.naira("100"));
  }

  @Test
  void movementsExplainWhatNoBalanceShowedAndDoNotMakeItAgree() {
    world.read(wallet, 10, "100");
    world.move(wallet, 10, "-7"); // is in the balance of its moment
    world.move(wallet, 12, "-25");
    world.move(wallet, 13, "40");
    world.move(wallet, 16, "-40"); // after the lag
    world.read(wallet, 20, "115");

    var open = world.expected(row(wallet, 10, "75", "0", 5));

    assertThat(open.state()).isEqualTo(State.OPEN);
    assertThat(drift(open)).isEqualTo("25.00");
    assertThat(requireNonNull(found(open).explained()).toDecimalString()).isEqualTo("25.00");
    assertThat(requireNonNull(found(open).unexplained()).toDecimalString()).isEqualTo("0.00");
    assertThat(found(open).nearestAt()).isEqualTo(Examples.MORNING.plusSeconds(12));
  }

  @Test
  void movementsThatAreListedLateExplainAnOpenDifferenceAndWhatWasFoundBeforeStays() {
    world.read(wallet, 10, "100");
    world.read(wallet, 20, "115");
    var open = world.expected(row(wallet, 10, "75", "0", 5));
    assertThat(requireNonNull(found(open).unexplained()).toDecimalString()).isEqualTo("25.00");
    world.move(wallet, 12, "-25");
    world.tick();
    assertThat(world.now(open)).as("not due yet").isEqualTo(open);

    world.clock.advance(Duration.ofMinutes(1));
    world.tick();

    var now = world.now(open);
    assertThat(now.state()).isEqualTo(State.OPEN);
    assertThat(requireNonNull(found(now).explained()).toDecimalString()).isEqualTo("25.00");
    assertThat(drift(now)).isEqualTo("25.00");
    assertThat(world.storage.reconciliations().comparisons(now))
        .containsExactly(found(open), found(now));
    world.clock.advance(Duration.ofMinutes(1));
    world.tick();
    assertThat(world.storage.reconciliations().comparisons(now)).as("the same again").hasSize(2);
  }

  @Test
  void aBalanceThatIsToldLateMakesItAgreeAfterAll() {
    world.read(wallet, 10, "100");
    world.read(wallet, 20, "100");
    var open = world.expected(row(wallet, 10, "70", "0", 5));
    assertThat(open.state()).isEqualTo(State.OPEN);
    world.readOf(wallet, 30, 12, "70");
    world.clock.advance(Duration.ofMinutes(1));

    world.tick();

    var now = world.now(open);
    assertThat(now.state()).isEqualTo(State.RESOLVED);
    assertThat(ended(now).how()).isEqualTo(How.AGREED_AFTER_ALL);
    assertThat(drift(now)).isEqualTo("30.00");
    assertThat(world.storage.reconciliations().comparisons(now))
        .containsExactly(found(open), found(now));
  }

  @Test
  void aMomentBeforeTheFirstReadingIsUnknownAndNeverADrift() {
    world.read(wallet, 10, "100");

    var unknown = world.expected(row(wallet, 5, "90", "0", 3));
    var agreed = world.expected(row(wallet, 6, "100", "0", 4));

    assertThat(unknown.state()).isEqualTo(State.UNKNOWN);
    assertThat(found(unknown).drift()).isNull();
    assertThat(agreed.state()).isEqualTo(State.AGREED);
    assertThat(found(agreed).balance()).isNull();
  }

  @Test
  void acceptedAgainForAnotherReasonIsRefusedInsteadOfLosingIt() {
    world.read(wallet, 10, "100");
    var open = world.expected(row(wallet, 10, "90"));
    world.settle(open, Decision.ACCEPT, "a fee");

    assertThat(world.settle(open, Decision.ACCEPT, "a fee"))
        .isEqualTo(new SettleReconciliation.Outcome.Settled(world.now(open)));
    assertThat(world.settle(open, Decision.ACCEPT, "a theft"))
        .isEqualTo(new SettleReconciliation.Outcome.SettledOtherwise(world.now(open)));
    assertThat(ended(world.now(open)).note()).isEqualTo("a fee");
    assertThat(world.audited("settle_reconciliation")).hasSize(1);
  }

  @Test
  void saidAgainItChangesNothing() {
    world.read(wallet, 10, "100");
    var first = world.expected(row(wallet, 10, "90"));

    var again = world.expected(row(wallet, 10, "90.00"));

    assertThat(again).isEqualTo(first);
    assertThat(world.audited("expect_balance")).hasSize(1);
    assertThat(world.audited("reconcile_balance")).hasSize(1);
  }

  @Test
  void aCorrectionIsAFactOfItsOwnAndTheDifferenceBeforeItStays() {
    world.read(wallet, 10, "100");
    var first = world.expected(row(wallet, 10, "90"));

    var correction = world.expected(row(wallet, 10, "100"));

    var before = world.now(first);
    assertThat(correction.revision()).isEqualTo(2);
    assertThat(correction.state()).isEqualTo(State.AGREED);
    assertThat(before.state()).isEqualTo(State.RESOLVED);
    assertThat(ended(before).how()).isEqualTo(How.CORRECTED);
    assertThat(before.correctedBy()).isEqualTo(correction.id());
    assertThat(drift(before)).isEqualTo("10.00");
    assertThat(world.told).containsExactly("differs " + first.id(), "corrected " + first.id());
  }

  @Test
  void whatWasCorrectedSinceIsNotTakenForANewCorrection() {
    world.expected(row(wallet, 10, "90"));
    world.expected(row(wallet, 10, "100"));

    var refused = (Outcome.Refused) world.expect(row(wallet, 10, "90"));

    assertThat(refused.refusals().getFirst().reason()).isEqualTo(Reason.CORRECTED_SINCE);
  }

  @Test
  void oneRowThatIsRefusedKeepsAllFromBeingRecorded() {
    var other = world.wallet();
    var foreign =
        new Row(
            other.id(),
            Examples.GHS,
            BigDecimal.ONE,
            Examples.MORNING,
            "books",
            BigDecimal.ZERO,
            Duration.ZERO);
    var closed = world.wallet();
    world.storage.wallets().update(closed.closed(Examples.MORNING));

    var refused =
        (Outcome.Refused)
            world.expect(
                row(wallet, 10, "1"),
                foreign,
                row(Examples.wallet(Examples.connection()), 10, "1"),
                row(closed, 10, "1"),
                row(wallet, 3_601, "1"),
                row(wallet, 10, "2"));

    assertThat(refused.refusals())
        .extracting(it -> it.row() + " " + it.reason().code())
        .containsExactly(
            "1 other_currency",
            "2 unknown_wallet",
            "3 wallet_closed",
            "4 in_the_future",
            "5 twice");
    assertThat(world.audited("expect_balance")).isEmpty();
    assertThat(world.expected(row(wallet, 10, "2")).revision()).isEqualTo(1);
  }

  @Test
  void aLaterAgreementResolvesAnEarlierDifferenceAndErasesNothing() {
    world.read(wallet, 10, "100");
    var open = world.expected(row(wallet, 10, "90"));
    world.read(wallet, 20, "110");

    var agreement = world.expected(row(wallet, 20, "110"));

    var now = world.now(open);
    assertThat(now.state()).isEqualTo(State.RESOLVED);
    assertThat(ended(now).how()).isEqualTo(How.AGREED_LATER);
    assertThat(ended(now).through()).isEqualTo(agreement.id());
    assertThat(now.comparison()).isEqualTo(open.comparison());
    assertThat(world.storage.reconciliations().comparisons(now)).containsExactly(open.comparison());
    assertThat(world.audited("reconcile_balance"))
        .extracting(entry -> entry.outcome())
        .containsExactly("resolved", "open");
    assertThat(world.told).containsExactly("differs " + open.id(), "agreed_later " + open.id());
  }

  @Test
  void anAgreementAtAnEarlierMomentOrOfAnotherWalletResolvesNothing() {
    var other = world.wallet();
    world.read(wallet, 10, "100");
    world.read(other, 10, "100");
    world.read(other, 20, "100");
    var open = world.expected(row(wallet, 10, "90"));

    world.expected(row(other, 20, "100"));
    world.read(wallet, 5, "7"); // late: changes nothing
    world.tick();

    assertThat(world.now(open).state()).isEqualTo(State.OPEN);
  }

  @Test
  void aPersonAcceptsOrResolvesADifferenceOnce() {
    world.read(wallet, 10, "100");
    var open = world.expected(row(wallet, 10, "90"));

    var accepted = world.settle(open, Decision.ACCEPT);

    assertThat(accepted).isInstanceOf(SettleReconciliation.Outcome.Settled.class);
    assertThat(ended(world.now(open)).note()).isEqualTo("known");
    assertThat(world.settle(open, Decision.ACCEPT))
        .isInstanceOf(SettleReconciliation.Outcome.Settled.class);
    assertThat(world.settle(open, Decision.RESOLVE))
        .isInstanceOf(SettleReconciliation.Outcome.SettledOtherwise.class);
    assertThat(world.audited("settle_reconciliation")).hasSize(1);
    assertThat(world.told).containsExactly("differs " + open.id(), "accepted " + open.id());
    world.read(wallet, 20, "90");
    world.expected(row(wallet, 20, "90"));
    assertThat(world.now(open).state()).as("what was accepted stays so").isEqualTo(State.ACCEPTED);
  }

  @Test
  void whereThereIsNoDifferenceThereIsNothingToSettle() {
    var pending = world.expected(row(wallet, 10, "90"));

    assertThat(world.settle(pending, Decision.ACCEPT))
        .isInstanceOf(SettleReconciliation.Outcome.NoDifference.class);
  }

  @Test
  void amountsOfAnySizeCanBeCompared() {
    world.read(wallet, 10, "-999999999999999999.999999999999999999");

    var open = world.expected(row(wallet, 10, "999999999999999999.999999999999999999"));

    assertThat(drift(open)).isEqualTo("-1999999999999999999.999999999999999998");
  }

  private static String drift(Reconciliation reconciliation) {
    return requireNonNull(found(reconciliation).drift()).toDecimalString();
  }

  private static Comparison found(Reconciliation reconciliation) {
    return requireNonNull(reconciliation.comparison());
  }

  private static Reconciliation.Settled ended(Reconciliation reconciliation) {
    return requireNonNull(reconciliation.settled());
  }
}
