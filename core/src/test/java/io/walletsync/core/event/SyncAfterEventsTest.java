package io.walletsync.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.core.Concurrently;
import io.walletsync.core.Examples;
import io.walletsync.core.balance.Source;
import io.walletsync.core.event.ProviderEvent.Status;
import io.walletsync.core.event.SyncAfterEvents.Outcome;
import io.walletsync.core.provider.ProviderFailure.Reason;
import io.walletsync.core.provider.ScriptedBalanceProvider;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.Wallet;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Events lead to few syncs, each of which started after the events it serves. */
class SyncAfterEventsTest {
  private static final Duration SETTLE = EarlySyncPolicy.STANDARD.settle();
  private static final Duration SPACING = EarlySyncPolicy.STANDARD.spacing();

  private final EventFixture fixture = new EventFixture();

  @BeforeEach
  void theProviderAnswers() {
    fixture.provider.always(ScriptedBalanceProvider.reading(Examples.balance("17")));
  }

  @Test
  void aBurstIsOneSync() {
    for (var i = 0; i < 100; i++) {
      fixture.receive("charge" + i + " NGN");
    }
    assertThat(fixture.isDue()).isFalse();
    fixture.clock.advance(SETTLE);
    assertThat(fixture.isDue()).isTrue();

    assertThat(fixture.sync()).isEqualTo(new Outcome.Served(1));

    assertThat(fixture.provider.calls()).isEqualTo(1);
    assertThat(fixture.events()).extracting(ProviderEvent::status).containsOnly(Status.DONE);
    assertThat(fixture.sync()).isEqualTo(new Outcome.NotDue());
    var snapshot = fixture.storage.allSnapshots().getFirst();
    assertThat(snapshot.source()).isEqualTo(Source.WEBHOOK);
    assertThat(fixture.audited("sync_balance").getFirst().actor().name()).isEqualTo("webhook");
  }

  @Test
  void anEventThatComesDuringASyncGetsAnotherOneThatStartsLater() {
    fixture.receive("first NGN");
    fixture.clock.advance(SETTLE);
    var gate = fixture.provider.nextHeld(ScriptedBalanceProvider.reading(Examples.balance("17")));
    var running = Concurrently.supply(fixture::sync);
    gate.awaitCall();
    fixture.clock.advance(Duration.ofMillis(1));
    fixture.receive("second NGN");
    gate.open();
    assertThat(running.join()).isEqualTo(new Outcome.Served(1));

    assertThat(fixture.events())
        .extracting(ProviderEvent::status)
        .containsExactly(Status.DONE, Status.WAITING);
    assertThat(fixture.isDue()).isFalse();
    fixture.clock.advance(SPACING);
    assertThat(fixture.isDue()).isTrue();
    assertThat(fixture.sync()).isEqualTo(new Outcome.Served(1));
    assertThat(fixture.provider.calls()).isEqualTo(2);
    assertThat(fixture.events()).extracting(ProviderEvent::status).containsOnly(Status.DONE);
  }

  @Test
  void onlyWalletsInUseThatAreConcernedAreSynced() {
    var cedi = fixture.registered(Examples.wallet(fixture.connection, "", Examples.GHS));
    for (var status : List.of(Wallet.Status.PAUSED, Wallet.Status.CLOSED)) {
      fixture.registered(
          new Wallet(
              Examples.wallet(fixture.connection).id(),
              fixture.connection.id(),
              fixture.connection.provider(),
              "account of " + status,
              Examples.NGN,
              null,
              null,
              Metadata.NONE,
              status,
              Examples.MORNING,
              Examples.MORNING));
    }

    assertThat(after("a NGN")).isEqualTo(new Outcome.Served(1));
    assertThat(after("b *")).isEqualTo(new Outcome.Served(2));
    assertThat(after("c GHS")).isEqualTo(new Outcome.Served(1));
    assertThat(after("d KES")).isEqualTo(new Outcome.Served(0));
    assertThat(fixture.provider.calls()).isEqualTo(3);
    assertThat(cedi.currency()).isEqualTo(Examples.GHS);
  }

  @Test
  void allWalletsOfALargeConnectionAreSynced() {
    for (var i = 0; i < 1_100; i++) {
      fixture.registered(Examples.wallet(fixture.connection, "account" + i, Examples.NGN));
    }

    assertThat(after("a NGN")).isEqualTo(new Outcome.Served(1_101));
    assertThat(fixture.provider.calls()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void whatMayPassIsTriedAgain(Reason reason) {
    fixture.fails(reason, null);

    var outcome = after("a NGN");

    if (reason == Reason.ACCOUNT_MISSING || reason == Reason.CURRENCY_MISSING) {
      assertThat(outcome).isEqualTo(new Outcome.Served(1));
      assertThat(fixture.events().getFirst().status()).isEqualTo(Status.DONE);
    } else {
      assertThat(outcome).isEqualTo(new Outcome.PutOff(reason, Duration.ofSeconds(5)));
      assertThat(fixture.events().getFirst().lastError()).isEqualTo(reason.code());
      assertThat(fixture.events().getFirst().status()).isEqualTo(Status.WAITING);
    }
  }

  @Test
  void waitsLongerAfterEachFailureAndGivesUpInTheEnd() {
    fixture.fails(Reason.TIMEOUT, null);
    fixture.receive("a NGN");
    var waits =
        List.of("PT5S", "PT15S", "PT1M", "PT5M", "PT15M", "PT30M", "PT1H", "PT1H", "PT1H", "PT1H");
    fixture.clock.advance(SETTLE);

    for (var wait : waits) {
      assertThat(fixture.isDue()).isTrue();
      var duration = Duration.parse(wait);
      assertThat(fixture.sync()).isEqualTo(new Outcome.PutOff(Reason.TIMEOUT, duration));
      fixture.clock.advance(duration.minusMillis(1));
      assertThat(fixture.isDue()).isFalse();
      fixture.clock.advance(Duration.ofMillis(1));
    }

    assertThat(fixture.isDue()).isFalse();
    assertThat(fixture.events().getFirst().status()).isEqualTo(Status.FAILED);
    assertThat(fixture.events().getFirst().attempts()).isEqualTo(10);
    fixture.provider.always(ScriptedBalanceProvider.reading(Examples.balance("17")));
    assertThat(after("young NGN")).isEqualTo(new Outcome.Served(1));
    assertThat(fixture.events().getFirst().status()).isEqualTo(Status.FAILED);
  }

  @Test
  void waitsAsLongAsTheProviderAsks() {
    fixture.fails(Reason.RATE_LIMITED, Duration.ofMinutes(2));
    assertThat(after("a NGN"))
        .isEqualTo(new Outcome.PutOff(Reason.RATE_LIMITED, Duration.ofMinutes(2)));
    assertThat(fixture.isDue()).isFalse();
    fixture.clock.advance(Duration.ofMinutes(2));
    fixture.fails(Reason.RATE_LIMITED, Duration.ofSeconds(1));

    assertThat(fixture.sync())
        .isEqualTo(new Outcome.PutOff(Reason.RATE_LIMITED, Duration.ofSeconds(15)));
  }

  @Test
  void theEventsOfARemovedConnectionEnd() {
    fixture.receive("a NGN");
    fixture.connections().remove(fixture.connection.id());
    fixture.clock.advance(SETTLE);

    assertThat(fixture.sync()).isEqualTo(new Outcome.ConnectionRemoved());

    assertThat(fixture.events().getFirst().status()).isEqualTo(Status.IGNORED);
    assertThat(fixture.events().getFirst().lastError()).isEqualTo("connection_removed");
    fixture.clock.advance(Duration.ofHours(2));
    assertThat(fixture.isDue()).isFalse();
    assertThat(fixture.provider.calls()).isZero();
  }

  @Test
  void aDefectCountsAsAnAttempt() {
    fixture.provider.always(
        _ -> {
          throw new IllegalStateException("on purpose");
        });

    assertThatThrownBy(() -> after("a NGN")).hasMessage("on purpose");

    assertThat(fixture.events().getFirst().attempts()).isEqualTo(1);
    assertThat(fixture.events().getFirst().lastError()).isEqualTo("internal_error");
    fixture.clock.advance(SPACING);
    assertThat(fixture.isDue()).isTrue();
  }

  @Test
  void aWorkerThatDiedIsTakenOverWhenItsLeaseEnds() {
    fixture.receive("a NGN");
    fixture.clock.advance(SETTLE);
    fixture.leased(fixture.connection, EarlySyncPolicy.STANDARD);
    fixture.clock.advance(Duration.ofSeconds(59));
    assertThat(fixture.sync()).isEqualTo(new Outcome.NotDue());
    fixture.clock.advance(Duration.ofSeconds(1));

    assertThat(fixture.sync()).isEqualTo(new Outcome.Served(1));

    assertThat(fixture.events().getFirst().status()).isEqualTo(Status.DONE);
  }

  @Test
  void aWorkerThatWasTakenOverSettlesNothing() {
    fixture.receive("a NGN");
    fixture.clock.advance(SETTLE);
    fixture.provider.always(
        _ -> {
          fixture.clock.advance(Duration.ofSeconds(61));
          fixture.leased(fixture.connection, EarlySyncPolicy.STANDARD);
          return ScriptedBalanceProvider.reading(Examples.balance("17"));
        });

    assertThat(fixture.sync()).isEqualTo(new Outcome.LeaseLost());

    assertThat(fixture.events().getFirst().status()).isEqualTo(Status.WAITING);
  }

  /** Sends one more event and lets the worker come when it is due. */
  private Outcome after(String body) {
    fixture.clock.advance(SPACING);
    fixture.receive(body);
    fixture.clock.advance(SETTLE);
    assertThat(fixture.isDue()).isTrue();
    return fixture.sync();
  }
}
