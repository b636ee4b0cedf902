package io.walletsync.core.sync;

import static io.walletsync.core.provider.ScriptedBalanceProvider.reading;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.core.Examples;
import io.walletsync.core.balance.Balance;
import io.walletsync.core.balance.Recorded.Verdict;
import io.walletsync.core.money.Money;
import io.walletsync.core.provider.BalanceProvider.AccountBalance;
import io.walletsync.core.provider.BalanceProvider.Reply;
import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.sync.SyncWalletBalance.Outcome;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.WalletId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A sync that fails records no balance, says why, and can be tried again. */
final class SyncFailuresTest {
  private static final Balance HUNDRED = Examples.balance("100");

  private final SyncFixture fixture = new SyncFixture();
  private final ProviderFailure failure =
      new ProviderFailure(
          ProviderFailure.Reason.RATE_LIMITED, "Too many calls.", Duration.ofSeconds(7));

  @Test
  void anUnknownWalletCannotBeSynced() {
    assertThat(fixture.useCase().sync(of(new WalletId(UUID.randomUUID()), Visibility.ALL)))
        .isEqualTo(new Outcome.UnknownWallet());
    assertThat(fixture.observed).isEmpty();
  }

  @Test
  void aWalletThatTheCallerMayNotSeeCannotBeSynced() {
    assertThat(
            fixture
                .useCase()
                .sync(of(fixture.wallet.id(), new Visibility(Set.of(UUID.randomUUID())))))
        .isEqualTo(new Outcome.UnknownWallet());
    assertThat(fixture.provider.calls()).isZero();
    assertThat(fixture.auditEntries()).isEmpty();
  }

  @Test
  void aClosedWalletCannotBeSynced() {
    update(Examples.MORNING);

    assertThat(fixture.sync("key-1")).isEqualTo(new Outcome.WalletClosed());

    assertGaveUp("wallet_closed");
    assertThat(fixture.provider.calls()).isZero();
    assertThat(fixture.sync("key-1")).isEqualTo(new Outcome.WalletClosed());
  }

  @Test
  void aWalletThatIsClosedWhileTheProviderIsAskedGetsNoBalance() {
    fixture.provider.always(
        _ -> {
          update(Examples.MORNING);
          return reading(HUNDRED);
        });

    assertThat(fixture.sync("key-1")).isEqualTo(new Outcome.WalletClosed());

    assertGaveUp("wallet_closed");
    assertThat(fixture.sync("key-1")).isEqualTo(new Outcome.WalletClosed());
  }

  @Test
  void aWalletWhoseConnectionWasRemovedCannotBeSynced() {
    fixture
        .transactions()
        .inTransaction(
            () -> {
              fixture.connections().remove(fixture.wallet.connectionId());
              return fixture;
            });

    assertThat(fixture.sync("key-1")).isEqualTo(new Outcome.WalletClosed());

    assertGaveUp("wallet_closed");
    assertThat(fixture.provider.calls()).isZero();
  }

  private void update(Instant closedAt) {
    fixture
        .transactions()
        .inTransaction(
            () -> {
              fixture.wallets().update(fixture.wallet.closed(closedAt));
              return fixture;
            });
  }

  private SyncWalletBalance.Command of(WalletId wallet, Visibility visibility) {
    var command = fixture.command(null);
    return new SyncWalletBalance.Command(
        wallet,
        visibility,
        command.actor(),
        command.requester(),
        command.idempotencyKey(),
        command.fingerprint(),
        command.nonce(),
        command.claimedUserId(),
        command.source(),
        command.answerFormat());
  }

  @Test
  void aFailureIsPassedOnAndLeavesNoSnapshot() {
    fixture.provider.next(new Reply.Failure(failure));

    assertThat(fixture.sync("key-1")).isEqualTo(new Outcome.ProviderFailed(failure));

    assertGaveUp("rate_limited");
  }

  @Test
  void aFailureFreesTheKeySoThatTheNextAttemptAsksAgain() {
    fixture.provider.next(new Reply.Failure(failure));
    fixture.provider.next(reading(HUNDRED));
    fixture.sync("key-1");

    assertThat(synced(fixture.sync("key-1")).answer().verdict()).isEqualTo(Verdict.CREATED);
    assertThat(fixture.provider.calls()).isEqualTo(2);
  }

  @Test
  void aFailureBurnsTheNonce() {
    fixture.provider.next(new Reply.Failure(failure));
    var command = fixture.command("key-1");
    fixture.useCase().sync(command);

    assertThat(fixture.useCase().sync(command)).isEqualTo(new Outcome.NonceReused());
  }

  @Test
  void aFailureWithoutAKeyIsAuditedToo() {
    fixture.provider.next(new Reply.Failure(failure));

    fixture.sync();

    assertGaveUp("rate_limited");
    assertThat(fixture.auditEntries().getFirst().details()).containsEntry("idempotency_key", null);
  }

  @Test
  void aFailureNeverTouchesWhatWasKnown() {
    fixture.provider.next(reading(HUNDRED));
    fixture.sync();
    var before = fixture.latest();
    fixture.provider.next(new Reply.Failure(failure));

    fixture.sync();

    assertThat(fixture.latest()).isEqualTo(before);
  }

  @Test
  void aReadingWithoutTheWalletsCurrencyIsAFailure() {
    fixture.provider.next(new Reply.Reading(List.of(account("", cedi("1")))));

    assertThat(fixture.sync("key-1"))
        .isInstanceOfSatisfying(
            Outcome.ProviderFailed.class,
            failed -> {
              assertThat(failed.failure().reason())
                  .isEqualTo(ProviderFailure.Reason.CURRENCY_MISSING);
              assertThat(failed.failure().detail()).contains("NGN");
              assertThat(failed.failure().retryAfter()).isNull();
            });
    assertGaveUp("currency_missing");
  }

  @Test
  void anEmptyReadingIsAFailureAndNeverAZero() {
    fixture.provider.next(new Reply.Reading(List.of()));

    assertThat(fixture.sync()).isInstanceOf(Outcome.ProviderFailed.class);
    assertGaveUp("currency_missing");
  }

  @Test
  void aReadingOfAnotherAccountIsAFailure() {
    fixture.provider.next(new Reply.Reading(List.of(account("somebody else's", HUNDRED))));

    assertThat(fixture.sync()).isInstanceOf(Outcome.ProviderFailed.class);
    assertGaveUp("currency_missing");
  }

  @Test
  void anAnswerThatCannotBeWrittenUndoesEverythingAndTheKeyIsTriedAgainAfterItsLease() {
    fixture.provider.always(reading(HUNDRED));
    AnswerFormat broken =
        _ -> {
          throw new IllegalStateException("writing on purpose");
        };

    assertThatThrownBy(
            () -> fixture.useCase().sync(fixture.command("key-1", "fingerprint", "nonce", broken)))
        .hasMessage("writing on purpose");

    assertThat(fixture.latest()).isEmpty();
    assertThat(fixture.storage.allSnapshots()).isEmpty();
    assertThat(fixture.auditEntries()).isEmpty();
    assertThat(fixture.sync("key-1")).isInstanceOf(Outcome.InFlight.class);
    fixture.clock.advance(SyncPolicy.STANDARD.lease());
    assertThat(synced(fixture.sync("key-1")).answer().verdict()).isEqualTo(Verdict.CREATED);
  }

  @Test
  void aListenerThatFailsUndoesEverything() {
    fixture.provider.always(reading(HUNDRED));
    fixture.listeners.add(
        _ -> {
          throw new IllegalStateException("listener on purpose");
        });

    assertThatThrownBy(() -> fixture.sync("key-1")).hasMessage("listener on purpose");

    assertThat(fixture.latest()).isEmpty();
    assertThat(fixture.auditEntries()).isEmpty();
  }

  private void assertGaveUp(String reason) {
    assertThat(fixture.storage.allSnapshots()).isEmpty();
    var expected =
        new TreeMap<>(
            Map.of(
                "wallet_id", fixture.wallet.id().toString(),
                "provider", "paystack",
                "currency", "NGN",
                "user_id", "user-7",
                "reason", reason));
    assertThat(fixture.auditEntries())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.action()).isEqualTo("sync_balance");
              assertThat(entry.outcome()).isEqualTo("failed");
              assertThat(entry.actor()).isEqualTo(fixture.actor);
              assertThat(entry.details()).containsAllEntriesOf(expected);
            });
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
