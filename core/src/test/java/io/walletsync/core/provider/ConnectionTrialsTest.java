package io.walletsync.core.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.MutableClock;
import io.walletsync.core.SequentialIds;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.audit.AuditTrail;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.balance.Balance;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.memory.InMemoryStorage;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Money;
import io.walletsync.core.provider.BalanceProvider.AccountBalance;
import io.walletsync.core.provider.BalanceProvider.Reply;
import io.walletsync.core.provider.CheckConnection.Offer;
import io.walletsync.core.provider.Finding.Aspect;
import io.walletsync.core.provider.Finding.State;
import io.walletsync.core.provider.ProviderFailure.Reason;
import io.walletsync.core.wallet.CallBudget;
import io.walletsync.core.wallet.Connection;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.CredentialRules;
import io.walletsync.core.wallet.Credentials;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.ProviderAccounts;
import io.walletsync.core.wallet.ProviderProfile;
import io.walletsync.core.wallet.RegisterWallet;
import io.walletsync.core.wallet.RegistryPorts;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallets;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Checking a connection, discovering its wallets and replacing its credentials. */
final class ConnectionTrialsTest implements RegistryPorts {
  private static final Duration DEADLINE = Duration.ofSeconds(15);
  private static final Credentials OLD =
      new Credentials(
          Map.of("secret_key", "sk_0123456789abcdef", "account", "a-1", "hook", "old-hook"));
  private static final Credentials FRESH =
      new Credentials(
          Map.of("secret_key", "sk_fedcba9876543210", "account", "a-1", "hook", "new-hook"));

  private final MutableClock clock = new MutableClock(Examples.MORNING);
  private final InMemoryStorage storage = new InMemoryStorage(clock);
  private final SequentialIds ids = new SequentialIds();
  private final Auditor auditor = new Auditor(storage.auditTrail(), ids, clock);
  private final ScriptedBalanceProvider provider =
      new ScriptedBalanceProvider(
          new ProviderProfile(
              Examples.FINCRA,
              null,
              new CredentialRules(
                  Set.of("secret_key", "account", "hook"), "account", "secret_key", "hook", true),
              ProviderAccounts.NONE,
              null,
              false,
              CallBudget.UNLIMITED));
  private final BalanceProviders providers = new BalanceProviders(List.of(provider));
  private final RegisteredWallets registered = new RegisteredWallets(storage.wallets());
  private final Connection connection = connectedWith(OLD, "a-1");

  @Test
  void aConnectionThatWorksSaysSoAndWhatItOffers() {
    var wallet = registered(Examples.wallet(connection));
    provider.always(reading("NGN", "GHS"));

    var checked = check();

    assertThat(checked.findings())
        .extracting(Finding::aspect)
        .containsExactly(Aspect.NETWORK, Aspect.KEY, Aspect.PERMISSIONS, Aspect.ANSWER);
    assertThat(checked.findings()).extracting(Finding::state).containsOnly(State.OK);
    assertThat(checked.offers())
        .extracting(Offer::wallet)
        .containsExactly(Optional.of(wallet), Optional.empty());
    assertThat(lastEntry().action()).isEqualTo("check_connection");
    assertThat(lastEntry().outcome()).isEqualTo("works");
  }

  @ParameterizedTest
  @CsvSource({
    "UNREACHABLE, FAILED, UNKNOWN, UNKNOWN, UNKNOWN",
    "ADDRESS_REFUSED, FAILED, UNKNOWN, UNKNOWN, UNKNOWN",
    "UNAUTHORIZED, OK, FAILED, UNKNOWN, UNKNOWN",
    "FORBIDDEN, OK, OK, FAILED, UNKNOWN",
    "UNREADABLE, OK, OK, OK, FAILED"
  })
  void aConnectionThatFailsSaysWhereItFails(
      Reason reason, State network, State key, State permissions, State answer) {
    provider.always(failure(reason));

    var checked = check();

    assertThat(checked.findings())
        .extracting(Finding::state)
        .containsExactly(network, key, permissions, answer);
    assertThat(checked.offers()).isEmpty();
    assertThat(lastEntry().details()).containsEntry("reason", reason.code());
  }

  @ParameterizedTest
  @EnumSource
  void everyFailureHasWordsForPeople(Reason reason) {
    provider.always(failure(reason));

    assertThat(check().findings())
        .allSatisfy(finding -> assertThat(finding.words()).matches("[A-Z].{10,200}[.?]"));
  }

  @Test
  void discoveringRegistersWhatIsNotRegisteredAndTouchesNothingElse() {
    var open = registered(Examples.wallet(connection));
    var closed = registered(Examples.wallet(connection, "", Examples.GHS)).closed(Examples.MORNING);
    storage.wallets().update(closed);
    provider.always(reading("NGN", "GHS", "KES"));

    var discovered = discover(null);

    assertThat(discovered)
        .extracting(one -> one.wallet().currency().value())
        .containsExactly("NGN", "GHS", "KES");
    assertThat(discovered)
        .extracting(DiscoverWallets.Discovered::isNew)
        .containsExactly(false, false, true);
    assertThat(discovered.get(0).wallet()).isEqualTo(open);
    assertThat(discovered.get(1).wallet()).as("closed on purpose").isEqualTo(closed);
    assertThat(discovered.get(2).wallet().ownerId()).isEqualTo("shop-1");
    assertThat(discover(null)).extracting(DiscoverWallets.Discovered::isNew).containsOnly(false);
  }

  @Test
  void discoveringCanBeLimitedToCurrencies() {
    provider.always(reading("NGN", "GHS", "KES"));

    assertThat(discover(Set.of(Examples.GHS)))
        .extracting(one -> one.wallet().currency())
        .containsExactly(Examples.GHS);
  }

  @Test
  void newCredentialsThatWorkTakeThePlaceOfTheOldOnes() {
    registered(Examples.wallet(connection));
    provider.always(reading("NGN", "GHS"));

    var outcome = replace(FRESH);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            ReplaceCredentials.Outcome.Replaced.class,
            replaced -> assertThat(replaced.connection().secretHint()).isEqualTo("3210"));
    assertThat(Objects.requireNonNull(provider.lastConnection()).credentials()).isEqualTo(FRESH);
    assertThat(stored()).isEqualTo(FRESH);
    assertThat(storage.connections().retiredWebhookSecrets(connection.id()))
        .containsExactly("old-hook");
    clock.advance(Duration.ofDays(3));
    assertThat(storage.connections().retiredWebhookSecrets(connection.id())).isEmpty();
    assertThat(lastEntry().action()).isEqualTo("replace_credentials");
    assertThat(lastEntry().details().toString()).doesNotContain("hook-").doesNotContain("sk_");
  }

  @Test
  void aWebhookSecretThatStaysIsNotRetired() {
    provider.always(reading("NGN"));
    var fields = new HashMap<>(FRESH.fields());
    fields.put("hook", "old-hook");

    replace(new Credentials(fields));

    assertThat(storage.connections().retiredWebhookSecrets(connection.id())).isEmpty();
  }

  @Test
  void credentialsThatDoNotWorkChangeNothing() {
    provider.always(failure(Reason.UNAUTHORIZED));

    assertThat(replace(FRESH)).isInstanceOf(ReplaceCredentials.Outcome.NotWorking.class);

    assertNothingChanged();
  }

  @Test
  void credentialsThatDoNotOfferAnOpenWalletChangeNothing() {
    var wallet = registered(Examples.wallet(connection));
    registered(Examples.wallet(connection, "", Examples.GHS));
    provider.always(reading("GHS"));

    assertThat(replace(FRESH))
        .isEqualTo(new ReplaceCredentials.Outcome.WalletsMissing(List.of(wallet.holding())));
    assertNothingChanged();

    storage.wallets().update(wallet.closed(Examples.MORNING));
    assertThat(replace(FRESH)).isInstanceOf(ReplaceCredentials.Outcome.Replaced.class);
  }

  @Test
  void theAccountOfAConnectionCannotChange() {
    var fields = new HashMap<>(FRESH.fields());
    fields.put("account", "a-2");

    assertThat(replace(new Credentials(fields)))
        .isEqualTo(new ReplaceCredentials.Outcome.OtherAccount("account"));

    assertThat(provider.calls()).as("nobody was asked").isZero();
    assertNothingChanged();
  }

  @Test
  void wrongFieldsAskNobody() {
    assertThat(replace(new Credentials(Map.of("secret_key", "x"))))
        .isInstanceOf(ReplaceCredentials.Outcome.WrongCredentialFields.class);

    assertThat(provider.calls()).isZero();
  }

  @Test
  void aConnectionThatIsHiddenOrUnknownIsUnknownEverywhere() {
    var hidden = new Visibility(Set.of(UUID.randomUUID()));

    assertThat(
            checkConnection()
                .check(new CheckConnection.Command(Examples.actor(), hidden, connection.id())))
        .isEqualTo(new CheckConnection.Outcome.Unknown());
    assertThat(
            discoverWallets()
                .discover(
                    new DiscoverWallets.Command(
                        Examples.actor(), hidden, connection.id(), null, null)))
        .isEqualTo(new DiscoverWallets.Outcome.Unknown());
    assertThat(
            replaceCredentials()
                .replace(
                    new ReplaceCredentials.Command(
                        Examples.actor(), hidden, connection.id(), FRESH, Duration.ZERO)))
        .isEqualTo(new ReplaceCredentials.Outcome.Unknown());
    assertThat(provider.calls()).isZero();
  }

  private void assertNothingChanged() {
    assertThat(stored()).isEqualTo(OLD);
    assertThat(storage.connections().retiredWebhookSecrets(connection.id())).isEmpty();
    assertThat(storage.auditTrail().page(new AuditTrail.Query(null, null, null, null, 10)).items())
        .extracting(AuditEntry::action)
        .doesNotContain("replace_credentials");
  }

  private Credentials stored() {
    return storage.connections().open(connection.id()).orElseThrow().credentials();
  }

  private CheckConnection.Outcome.Checked check() {
    return (CheckConnection.Outcome.Checked)
        checkConnection()
            .check(new CheckConnection.Command(Examples.actor(), Visibility.ALL, connection.id()));
  }

  private CheckConnection checkConnection() {
    return new CheckConnection(
        storage.connections(), registered, providers, storage.transactions(), auditor, DEADLINE);
  }

  private List<DiscoverWallets.Discovered> discover(@Nullable Set<CurrencyCode> currencies) {
    return ((DiscoverWallets.Outcome.Discovered)
            discoverWallets()
                .discover(
                    new DiscoverWallets.Command(
                        Examples.actor(), Visibility.ALL, connection.id(), currencies, "shop-1")))
        .wallets();
  }

  private DiscoverWallets discoverWallets() {
    return new DiscoverWallets(
        storage.connections(),
        registered,
        providers,
        new RegisterWallet(
            storage.wallets(),
            storage.closures(),
            storage.connections(),
            providers.profiles(),
            storage.transactions(),
            auditor,
            ids,
            clock),
        DEADLINE);
  }

  private ReplaceCredentials.Outcome replace(Credentials credentials) {
    return replaceCredentials()
        .replace(
            new ReplaceCredentials.Command(
                Examples.actor(),
                Visibility.ALL,
                connection.id(),
                credentials,
                Duration.ofDays(3)));
  }

  private ReplaceCredentials replaceCredentials() {
    return new ReplaceCredentials(
        storage.connections(), registered, providers, storage.transactions(), auditor, DEADLINE);
  }

  private Connection connectedWith(Credentials credentials, String identifying) {
    var added = Examples.connection(Examples.FINCRA);
    assertThat(storage.connections().add(added, credentials, identifying)).isTrue();
    return added;
  }

  private AuditEntry lastEntry() {
    return storage
        .auditTrail()
        .page(new AuditTrail.Query(null, null, null, null, 1))
        .items()
        .getFirst();
  }

  private static Reply reading(String... currencies) {
    return new Reply.Reading(
        Arrays.stream(currencies)
            .map(
                currency ->
                    new AccountBalance(
                        "",
                        Balance.available(new Money(BigDecimal.TEN, new CurrencyCode(currency))),
                        null,
                        null,
                        Metadata.NONE))
            .toList());
  }

  private static Reply failure(Reason reason) {
    return new Reply.Failure(ProviderFailure.of(reason, "The provider failed."));
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
}
