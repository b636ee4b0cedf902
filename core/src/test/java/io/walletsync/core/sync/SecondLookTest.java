package io.walletsync.core.sync;

import static io.walletsync.core.provider.ScriptedBalanceProvider.reading;
import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.balance.Balance;
import io.walletsync.core.balance.Recorded.Verdict;
import io.walletsync.core.balance.Strangeness;
import io.walletsync.core.provider.BalanceProvider.Reply;
import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.provider.ProviderFailure.Reason;
import io.walletsync.core.sync.SyncWalletBalance.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** 5000 naira are known, and the provider is asked again. */
final class SecondLookTest {
  private static final Reply FAILURE =
      new Reply.Failure(ProviderFailure.of(Reason.UNAVAILABLE, "The provider failed."));

  private final SyncFixture fixture = new SyncFixture();

  @BeforeEach
  void known() {
    fixture.provider.next(reading(Examples.balance("5000")));
    assertThat(verdict(fixture.sync())).isEqualTo(Verdict.CREATED);
  }

  @Test
  void anOrdinaryReadingCostsOneCall() {
    fixture.provider.next(reading(Examples.balance("4000")));

    assertThat(verdict(fixture.sync())).isEqualTo(Verdict.CREATED);

    assertThat(fixture.provider.calls()).isEqualTo(2);
    assertThat(fixture.secondLooks).isEmpty();
  }

  @Test
  void aStrangeReadingIsAskedForOnceMoreAndBelievedWhenItIsRepeated() {
    fixture.provider.always(reading(Examples.balance("0")));

    assertThat(verdict(fixture.sync("key-1"))).isEqualTo(Verdict.CREATED);

    assertThat(fixture.provider.calls()).isEqualTo(3);
    assertThat(fixture.secondLooks).containsExactly(Strangeness.SUDDEN_ZERO);
    assertThat(fixture.latest().orElseThrow().snapshot().balance())
        .isEqualTo(Examples.balance("0"));
  }

  @Test
  void aSlipIsForgottenByTheSecondLook() {
    fixture.provider.next(reading(Examples.balance("500000")));
    fixture.provider.next(reading(Examples.balance("5000")));

    assertThat(verdict(fixture.sync("key-1"))).isEqualTo(Verdict.UNCHANGED);

    assertThat(fixture.storage.allSnapshots()).hasSize(1);
  }

  @Test
  void whatCannotBeAskedAgainIsQuarantinedAndTheKeyCompletes() {
    fixture.provider.next(reading(Examples.balance("0")));
    fixture.provider.next(FAILURE);

    var first = fixture.sync("key-1");

    assertThat(verdict(first)).isEqualTo(Verdict.QUARANTINED);
    assertThat(((Outcome.Synced) first).answer().snapshot().balance())
        .isEqualTo(Examples.balance("5000"));
    assertThat(fixture.sync("key-1"))
        .isEqualTo(new Outcome.Replayed(((Outcome.Synced) first).text()));
    assertThat(fixture.provider.calls()).isEqualTo(3);
  }

  @Test
  void theNextSyncThatAgreesRecordsItWithOneCall() {
    fixture.provider.next(reading(Examples.balance("0")));
    fixture.provider.next(FAILURE);
    fixture.sync("key-1");
    fixture.provider.next(reading(Examples.balance("0")));

    assertThat(verdict(fixture.sync("key-2"))).isEqualTo(Verdict.CREATED);

    assertThat(fixture.provider.calls()).isEqualTo(4);
  }

  @Test
  void aFirstBalanceThatContradictsItselfIsNoBalance() {
    var other = new SyncFixture();
    var broken = new Balance(Examples.naira("100"), Examples.naira("150"), Examples.naira("20"));
    other.provider.always(reading(broken));

    assertThat(other.sync("key-1"))
        .isInstanceOfSatisfying(
            Outcome.ProviderFailed.class,
            failed -> assertThat(failed.failure().reason()).isEqualTo(Reason.IN_DOUBT));

    assertThat(other.latest()).isEmpty();
    other.provider.always(reading(Examples.balance("100")));
    assertThat(verdict(other.sync("key-1"))).as("the key is free").isEqualTo(Verdict.CREATED);
  }

  private static Verdict verdict(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Synced.class);
    return ((Outcome.Synced) outcome).answer().verdict();
  }
}
