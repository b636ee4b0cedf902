package io.walletsync.core.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.wallet.AddConnection.Outcome;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AddConnectionTest {
  private static final Credentials PAYSTACK_KEY =
      new Credentials(Map.of("secret_key", "sk_test_0123456789abcdef"));
  private static final Credentials FINCRA_KEYS =
      new Credentials(Map.of("secret_key", "short", "business_id", "b-1"));

  private final RegistryFixture fixture = new RegistryFixture();

  @Test
  void keepsTheConnectionAndShowsTheLastFourCharactersOfItsSecret() {
    var connection = added(add(Examples.PAYSTACK, null, PAYSTACK_KEY));

    assertThat(connection)
        .isEqualTo(
            new Connection(
                connection.id(),
                Examples.PAYSTACK,
                null,
                "Main",
                null,
                "cdef",
                RegistryFixture.NOW_CUT,
                new CallBudget(10, null)));
    assertThat(fixture.connections().open(connection.id()))
        .contains(new Connections.OpenConnection(connection, PAYSTACK_KEY));
  }

  @Test
  void showsNothingOfAShortSecret() {
    assertThat(added(add(Examples.FINCRA, null, FINCRA_KEYS)).secretHint()).isNull();
  }

  @Test
  void takesTheLiveHostUnlessToldOtherwise() {
    assertThat(added(add(Examples.FINCRA, null, FINCRA_KEYS)).environment())
        .isEqualTo(Environment.LIVE);
    var other = new Credentials(Map.of("secret_key", "another", "business_id", "b-2"));
    assertThat(added(add(Examples.FINCRA, Environment.SANDBOX, other)).environment())
        .isEqualTo(Environment.SANDBOX);
  }

  @Test
  void refusesAnEnvironmentWhereTheProviderHasOneHost() {
    assertThat(add(Examples.PAYSTACK, Environment.SANDBOX, PAYSTACK_KEY))
        .isEqualTo(new Outcome.NoEnvironments());
    assertNothingHappened();
  }

  @Test
  void refusesAnUnknownProvider() {
    assertThat(add(new ProviderId("nobody"), null, PAYSTACK_KEY))
        .isEqualTo(
            new Outcome.UnknownProvider(
                Set.of(Examples.PAYSTACK, Examples.FINCRA, RegistryFixture.FLUTTERWAVE)));
    assertNothingHappened();
  }

  @Test
  void aProviderWithSeveralApisNeedsToKnowWhich() {
    assertThat(added(add(RegistryFixture.FLUTTERWAVE, "v4", null, PAYSTACK_KEY)).apiVersion())
        .isEqualTo("v4");
    for (var wrong : Arrays.asList(null, "v5", "")) {
      assertThat(add(RegistryFixture.FLUTTERWAVE, wrong, null, PAYSTACK_KEY))
          .isEqualTo(new Outcome.WrongApiVersion(Set.of("v3", "v4")));
    }
    assertThat(add(Examples.PAYSTACK, "v1", null, PAYSTACK_KEY))
        .isEqualTo(new Outcome.WrongApiVersion(Set.of()));
  }

  @Test
  void theAccountItselfCannotBeConnectedTwiceWhateverItsKey() {
    added(add(Examples.FINCRA, null, FINCRA_KEYS));

    assertThat(
            add(
                Examples.FINCRA,
                null,
                new Credentials(Map.of("secret_key", "another", "business_id", "b-1"))))
        .isEqualTo(new Outcome.SecretInUse());
  }

  @Test
  void refusesCredentialsWithFieldsMissingOrTooMany() {
    assertThat(add(Examples.FINCRA, null, PAYSTACK_KEY))
        .isEqualTo(new Outcome.WrongCredentialFields(Set.of("secret_key", "business_id")));
    assertThat(add(Examples.PAYSTACK, null, FINCRA_KEYS))
        .isEqualTo(new Outcome.WrongCredentialFields(Set.of("secret_key")));
    assertNothingHappened();
  }

  @Test
  void refusesASecretThatAnotherConnectionHolds() {
    add(Examples.PAYSTACK, null, PAYSTACK_KEY);

    assertThat(add(Examples.PAYSTACK, null, PAYSTACK_KEY)).isEqualTo(new Outcome.SecretInUse());

    assertThat(fixture.connections().page(Visibility.ALL, null, 10).items()).hasSize(1);
    assertThat(fixture.auditEntries()).hasSize(1);
  }

  @Test
  void isAuditedWithoutTheSecret() {
    var connection = added(add(Examples.PAYSTACK, null, PAYSTACK_KEY));

    assertThat(fixture.auditEntries())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.actor()).isEqualTo(fixture.actor);
              assertThat(entry.action()).isEqualTo("add_connection");
              assertThat(entry.resource()).isEqualTo("connection");
              assertThat(entry.subjectId()).isEqualTo(connection.id().value());
              assertThat(entry.connectionId()).isEqualTo(connection.id().value());
              assertThat(entry.outcome()).isEqualTo("created");
              assertThat(entry.occurredAt()).isEqualTo(RegistryFixture.NOW_CUT);
              assertThat(entry.details())
                  .isEqualTo(
                      AuditEntry.facts(
                          "provider",
                          "paystack",
                          "api_version",
                          null,
                          "name",
                          "Main",
                          "calls_per_second",
                          "10",
                          "calls_per_day",
                          null,
                          "schedule",
                          null));
            });
  }

  private void assertNothingHappened() {
    assertThat(fixture.connections().page(Visibility.ALL, null, 10).items()).isEmpty();
    assertThat(fixture.auditEntries()).isEmpty();
  }

  private Outcome add(
      ProviderId provider, @Nullable Environment environment, Credentials credentials) {
    return add(provider, null, environment, credentials);
  }

  private Outcome add(
      ProviderId provider,
      @Nullable String apiVersion,
      @Nullable Environment environment,
      Credentials credentials) {
    return new AddConnection(
            fixture.connections(),
            fixture.profiles,
            fixture.transactions(),
            fixture.auditor,
            fixture.ids,
            fixture.clock)
        .add(
            new AddConnection.Command(
                fixture.actor,
                provider,
                apiVersion,
                "Main",
                environment,
                credentials,
                new CallBudget(10, null)));
  }

  private static Connection added(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Added.class);
    return ((Outcome.Added) outcome).connection();
  }
}
