package io.walletsync.core.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Concurrently;
import io.walletsync.core.Examples;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.wallet.RegisterWallet.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class RegisterWalletTest {
  private final RegistryFixture fixture = new RegistryFixture();
  private final Connection paystack = fixture.connected(Examples.connection(Examples.PAYSTACK));
  private final Connection fincra = fixture.connected(Examples.connection(Examples.FINCRA));

  @Test
  void registersAnActiveWalletWithAllThatIsSaidOfIt() {
    var outcome =
        registerCommand(
            new RegisterWallet.Command(
                fixture.actor,
                Visibility.ALL,
                fincra.id(),
                "account-1",
                new CurrencyCode("eNGN"),
                "owner-1",
                "customer-1",
                Examples.ODD_METADATA));

    assertThat(outcome).isInstanceOf(Outcome.Registered.class);
    var wallet = ((Outcome.Registered) outcome).wallet();
    assertThat(wallet)
        .isEqualTo(
            new Wallet(
                wallet.id(),
                fincra.id(),
                Examples.FINCRA,
                "account-1",
                new CurrencyCode("eNGN"),
                "owner-1",
                "customer-1",
                Examples.ODD_METADATA,
                Wallet.Status.ACTIVE,
                RegistryFixture.NOW_CUT,
                RegistryFixture.NOW_CUT));
    assertThat(fixture.found(wallet.id())).isEqualTo(wallet);
    assertThat(fixture.auditEntries())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.action()).isEqualTo("register_wallet");
              assertThat(entry.resource()).isEqualTo("wallet");
              assertThat(entry.outcome()).isEqualTo("created");
              assertThat(entry.subjectId()).isEqualTo(wallet.id().value());
              assertThat(entry.connectionId()).isEqualTo(fincra.id().value());
              assertThat(entry.details())
                  .isEqualTo(
                      AuditEntry.facts(
                          "provider", "fincra",
                          "provider_account_id", "account-1",
                          "currency", "eNGN",
                          "owner_id", "owner-1",
                          "schedule", null));
            });
  }

  @Test
  void registeringAgainReturnsTheSameWalletAndChangesNothing() {
    var first = ((Outcome.Registered) register(paystack)).wallet();
    fixture.clock.advance(Duration.ofHours(1));

    assertThat(register(paystack)).isEqualTo(new Outcome.AlreadyRegistered(first));

    assertThat(fixture.found(first.id())).isEqualTo(first);
    assertThat(fixture.auditEntries()).hasSize(1);
  }

  @Test
  void registeringAPausedWalletLeavesItPaused() {
    var first = ((Outcome.Registered) register(paystack)).wallet();
    var paused = first.with(Wallet.Status.PAUSED, first.metadata(), first.updatedAt());
    fixture.wallets().update(paused);

    assertThat(register(paystack)).isEqualTo(new Outcome.AlreadyRegistered(paused));
  }

  @Test
  void registeringAClosedWalletOpensTheSameOneAgain() {
    var first = ((Outcome.Registered) register(paystack)).wallet();
    fixture.wallets().update(first.closed(RegistryFixture.NOW_CUT));
    fixture.clock.advance(Duration.ofHours(1));

    var again = register(paystack);

    var reopened =
        first.with(
            Wallet.Status.ACTIVE,
            first.metadata(),
            RegistryFixture.NOW_CUT.plus(Duration.ofHours(1)));
    assertThat(again).isEqualTo(new Outcome.AlreadyRegistered(reopened));
    assertThat(fixture.found(first.id())).isEqualTo(reopened);
    assertThat(fixture.auditEntries())
        .extracting(AuditEntry::outcome)
        .containsExactly("created", "reopened");
    assertThat(isKnownAsClosed(first, Duration.ofNanos(-1_000))).isFalse();
    assertThat(isKnownAsClosed(first, Duration.ZERO)).isTrue();
    assertThat(isKnownAsClosed(first, Duration.ofMinutes(59))).isTrue();
    assertThat(isKnownAsClosed(first, Duration.ofHours(1))).isFalse();
  }

  private boolean isKnownAsClosed(Wallet wallet, Duration afterNow) {
    return fixture
        .storage
        .closures()
        .closedAt(Set.of(wallet.id()), RegistryFixture.NOW_CUT.plus(afterNow))
        .contains(wallet.id());
  }

  @Test
  void aWalletThatIsReopenedBeforeItsClosingByAnotherClockWasNeverClosed() {
    var first = ((Outcome.Registered) register(paystack)).wallet();
    fixture.wallets().update(first.closed(RegistryFixture.NOW_CUT.plusSeconds(1)));

    assertThat(register(paystack)).isInstanceOf(Outcome.AlreadyRegistered.class);

    assertThat(isKnownAsClosed(first, Duration.ofMillis(500))).isFalse();
  }

  @Test
  void aRaceRegistersOneWallet() {
    var outcomes = Concurrently.call(16, _ -> register(paystack));

    assertThat(outcomes).filteredOn(Outcome.Registered.class::isInstance).hasSize(1);
    assertThat(fixture.wallets().countOpen(paystack.id())).isEqualTo(1);
  }

  @Test
  void refusesAConnectionThatIsUnknownHiddenOrRemoved() {
    assertThat(register(Examples.connection())).isEqualTo(new Outcome.UnknownConnection());
    assertThat(
            registerCommand(
                command(paystack, new Visibility(Set.of(UUID.randomUUID())), "", Examples.NGN)))
        .isEqualTo(new Outcome.UnknownConnection());
    fixture.connections().remove(paystack.id());
    assertThat(register(paystack)).isEqualTo(new Outcome.UnknownConnection());
    assertThat(fixture.auditEntries()).isEmpty();
  }

  @Test
  void anAccountIsRequiredWhereTheProviderHasAccountsAndRefusedWhereItHasNone() {
    for (var account : List.of("", "account-", "xaccount-1")) {
      assertThat(registerCommand(command(fincra, Visibility.ALL, account, Examples.NGN)))
          .isEqualTo(new Outcome.WrongAccount(fixture.profiles.of(fincra).accounts()));
    }
    assertThat(registerCommand(command(paystack, Visibility.ALL, "account-1", Examples.NGN)))
        .isEqualTo(new Outcome.WrongAccount(ProviderAccounts.NONE));
    assertThat(fixture.auditEntries()).isEmpty();
  }

  @Test
  void refusesACurrencyThatTheProviderDoesNotHave() {
    assertThat(registerCommand(command(paystack, Visibility.ALL, "", new CurrencyCode("JPY"))))
        .isEqualTo(new Outcome.CurrencyNotOffered(Set.of(Examples.NGN, Examples.GHS)));
    assertThat(fixture.auditEntries()).isEmpty();
  }

  private Outcome register(Connection connection) {
    return registerCommand(command(connection, Visibility.ALL, "", Examples.NGN));
  }

  private RegisterWallet.Command command(
      Connection connection, Visibility visibility, String account, CurrencyCode currency) {
    return new RegisterWallet.Command(
        fixture.actor, visibility, connection.id(), account, currency, null, null, Metadata.NONE);
  }

  private Outcome registerCommand(RegisterWallet.Command command) {
    return new RegisterWallet(
            fixture.wallets(),
            fixture.storage.closures(),
            fixture.connections(),
            fixture.profiles,
            fixture.transactions(),
            fixture.auditor,
            fixture.ids,
            fixture.clock)
        .register(command);
  }
}
