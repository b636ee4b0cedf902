package io.walletsync.core.sync;

import static io.walletsync.core.provider.ScriptedBalanceProvider.reading;
import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.balance.Balance;
import io.walletsync.core.balance.Recorded.Verdict;
import io.walletsync.core.money.Money;
import io.walletsync.core.provider.BalanceProvider.AccountBalance;
import io.walletsync.core.provider.BalanceProvider.Reply;
import io.walletsync.core.sync.SyncWalletBalance.Outcome;
import io.walletsync.core.wallet.Metadata;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A sync asks the provider, outside any transaction, and records what it says. */
final class SyncWalletBalanceTest {
  private static final Balance HUNDRED = Examples.balance("100");

  private final SyncFixture fixture = new SyncFixture();

  @Test
  void recordsWhatTheProviderSays() {
    fixture.provider.next(reading(HUNDRED, "row-1", Examples.MORNING.minus(Duration.ofHours(1))));

    var synced = synced(fixture.sync("key-1"));

    assertThat(synced.answer().verdict()).isEqualTo(Verdict.CREATED);
    assertThat(synced.text()).isEqualTo(SyncFixture.FORMAT.write(synced.answer()));
    var snapshot = synced.answer().snapshot();
    assertThat(snapshot.walletId()).isEqualTo(fixture.wallet.id());
    assertThat(snapshot.balance()).isEqualTo(HUNDRED);
    assertThat(snapshot.asOf()).isEqualTo(Examples.MORNING.minus(Duration.ofHours(1)));
    assertThat(snapshot.callStartedAt()).isBetween(Examples.MORNING, snapshot.observedAt());
    assertThat(Objects.requireNonNull(snapshot.requestKey()).requester())
        .isEqualTo(fixture.requester);
    assertThat(fixture.storage.allSnapshots()).containsExactly(snapshot);
  }

  @Test
  void asksTheProviderWithTheConnectionsCredentialsAndTheDeadline() {
    fixture.provider.next(reading(HUNDRED));

    fixture.sync();

    assertThat(fixture.provider.lastConnection())
        .isEqualTo(fixture.connections().open(fixture.wallet.connectionId()).orElseThrow());
    assertThat(fixture.provider.lastDeadline())
        .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(15));
  }

  @Test
  void holdsNoTransactionWhileTheProviderIsAsked() {
    var other = new CompletableFuture<String>();
    fixture.provider.always(
        _ -> {
          // another thread gets a transaction only if this one holds none
          Thread.startVirtualThread(
              () -> other.complete(fixture.transactions().inTransaction(() -> "free")));
          assertThat(other.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo("free");
          return reading(HUNDRED);
        });

    assertThat(fixture.sync("key-1")).isInstanceOf(Outcome.Synced.class);
  }

  @Test
  void observesTheReplyAfterTheStartByAMonotonicClock() {
    var gate = fixture.provider.nextHeld(reading(HUNDRED));
    var before = System.nanoTime();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var sync = CompletableFuture.supplyAsync(fixture::sync, executor);
      gate.awaitCall();
      // the wall clock jumps; the length of the call must not
      fixture.clock.advance(Duration.ofHours(1));
      gate.open();
      var snapshot = synced(sync.join()).answer().snapshot();

      assertThat(snapshot.callStartedAt()).isBetween(Examples.MORNING, snapshot.observedAt());
      assertThat(snapshot.observedAt())
          .isAfterOrEqualTo(Examples.MORNING)
          .isBefore(Examples.MORNING.plusNanos(System.nanoTime() - before));
    }
  }

  @Test
  void cutsAllTimesToMicroseconds() {
    fixture.clock.set(Instant.parse("2026-11-22T08:00:00.123456789Z"));
    fixture.provider.next(reading(HUNDRED, null, Instant.parse("2026-11-22T07:00:00.987654321Z")));

    var snapshot = synced(fixture.sync()).answer().snapshot();

    assertThat(snapshot.asOf()).isEqualTo(Instant.parse("2026-11-22T07:00:00.987654Z"));
    assertThat(snapshot.providerTime()).isEqualTo(Instant.parse("2026-11-22T07:00:00.987654Z"));
    assertThat(snapshot.callStartedAt())
        .isEqualTo(snapshot.callStartedAt().truncatedTo(ChronoUnit.MICROS));
    assertThat(snapshot.createdAt()).isEqualTo(Instant.parse("2026-11-22T08:00:00.123456Z"));
    assertThat(snapshot.observedAt())
        .isEqualTo(snapshot.observedAt().truncatedTo(ChronoUnit.MICROS));
    assertThat(fixture.auditEntries().getFirst().occurredAt())
        .isEqualTo(Instant.parse("2026-11-22T08:00:00.123456Z"));
  }

  @Test
  void confirmsWhatDidNotChange() {
    fixture.provider.always(reading(HUNDRED));
    var first = synced(fixture.sync());
    fixture.clock.advance(Duration.ofMinutes(5));

    var second = synced(fixture.sync());

    assertThat(second.answer().verdict()).isEqualTo(Verdict.UNCHANGED);
    assertThat(second.answer().snapshot()).isEqualTo(first.answer().snapshot());
    assertThat(second.answer().confirmedAt())
        .isAfterOrEqualTo(Examples.MORNING.plus(Duration.ofMinutes(5)));
    assertThat(fixture.storage.allSnapshots()).hasSize(1);
  }

  @Test
  void takesTheBalanceOfTheWalletsCurrencyAndAccount() {
    fixture.provider.next(
        new Reply.Reading(
            List.of(
                account("", cedi("1")),
                account("other account", Examples.balance("2")),
                account("", Examples.balance("3")))));

    assertThat(synced(fixture.sync()).answer().snapshot().balance())
        .isEqualTo(Examples.balance("3"));
  }

  @Test
  void keepsTheFactsOfTheReadingWithTheSnapshot() {
    fixture.provider.next(
        new Reply.Reading(
            List.of(new AccountBalance("", HUNDRED, null, null, Examples.ODD_METADATA))));

    assertThat(synced(fixture.sync()).answer().snapshot().metadata())
        .isEqualTo(Examples.ODD_METADATA);
  }

  @Test
  void isAuditedWithTheKeyAndTheClaimedUser() {
    fixture.provider.next(reading(HUNDRED, "row-1", null));

    fixture.sync("key-1");

    assertThat(fixture.auditEntries())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.actor()).isEqualTo(fixture.actor);
              assertThat(entry.action()).isEqualTo("sync_balance");
              assertThat(entry.outcome()).isEqualTo("created");
              assertThat(entry.details())
                  .containsEntry("idempotency_key", "key-1")
                  .containsEntry("user_id", "user-7")
                  .containsEntry("external_balance_id", "row-1")
                  .containsEntry("balance", "100.00");
            });
  }

  @Test
  void isObservedOnceWithItsOutcome() {
    fixture.provider.next(reading(HUNDRED));

    var outcome = fixture.sync("key-1");
    var replay = fixture.sync("key-1");

    assertThat(fixture.observed).containsExactly(outcome, replay);
  }

  private static Outcome.Synced synced(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Synced.class);
    return (Outcome.Synced) outcome;
  }

  private static AccountBalance account(String id, Balance balance) {
    return new AccountBalance(id, balance, null, null, Metadata.NONE);
  }

  private static Balance cedi(String amount) {
    return Balance.available(new Money(new BigDecimal(amount), Examples.GHS));
  }
}
