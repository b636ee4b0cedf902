package io.walletsync.core.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.core.Concurrently;
import io.walletsync.core.Examples;
import io.walletsync.core.kernel.Page;
import io.walletsync.core.wallet.Connections.OpenConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every adapter of {@link Connections} keeps: one secret once, and nothing after removal. */
public interface ConnectionsContract extends RegistryPorts {
  @Test
  default void keepsAConnectionAsItIs() {
    var connection =
        new Connection(
            new ConnectionId(Examples.id()),
            Examples.FINCRA,
            "v4",
            "Ẽkó \"office\" 💰",
            Environment.SANDBOX,
            "9f0e",
            Instant.parse("2026-11-22T08:00:00.000001Z"));

    connected(connection);

    assertThat(connections().find(connection.id(), Visibility.ALL)).contains(connection);
  }

  @Test
  default void keepsWhatIsUnknownAsUnknown() {
    var connection =
        new Connection(
            new ConnectionId(Examples.id()),
            Examples.PAYSTACK,
            null,
            "Plain",
            null,
            null,
            Examples.MORNING);

    connected(connection);

    assertThat(connections().find(connection.id(), Visibility.ALL)).contains(connection);
  }

  @Test
  default void keepsTheCallBudgetAndItsChange() {
    var before = connected(Examples.connection().with(new CallBudget(10, null)));
    assertThat(connections().find(before.id(), Visibility.ALL)).contains(before);
    var after = before.with(new CallBudget(null, 5_000));
    var other = connected();

    update(after);

    assertThat(connections().find(before.id(), Visibility.ALL)).contains(after);
    assertThat(connections().open(before.id()).map(OpenConnection::connection)).contains(after);
    assertThat(connections().page(seeing(before), null, 10).items()).containsExactly(after);
    assertThat(connections().find(other.id(), Visibility.ALL)).contains(other);
  }

  @Test
  default void opensAConnectionWithAllItsCredentials() {
    var connection = Examples.connection();
    var credentials =
        new Credentials(
            Map.of("secret_key", "sk_" + UUID.randomUUID(), "business_id", "~!\"$%&'()*+,-./\\"));

    add(connection, credentials);

    assertThat(connections().open(connection.id()))
        .contains(new OpenConnection(connection, credentials));
  }

  @Test
  default void refusesASecretThatAnotherConnectionHolds() {
    var credentials = Examples.credentials();
    var first = Examples.connection();
    var second = Examples.connection();
    add(first, credentials);

    assertThat(add(second, credentials)).isFalse();

    assertThat(connections().find(second.id(), Visibility.ALL)).isEmpty();
    assertThat(connections().open(second.id())).isEmpty();
    assertThat(connections().open(first.id())).contains(new OpenConnection(first, credentials));
  }

  @Test
  default void refusingASecretLeavesTheTransactionUsable() {
    var credentials = Examples.credentials();
    add(Examples.connection(), credentials);
    var other = Examples.connection();
    var others = Examples.credentials();

    var added =
        transactions()
            .inTransaction(
                () ->
                    add(Examples.connection(), credentials)
                        ? false
                        : connections().add(other, others, others.get("secret_key")));

    assertThat(added).isTrue();
    assertThat(connections().find(other.id(), Visibility.ALL)).contains(other);
  }

  @Test
  default void theSameSecretAtAnotherProviderIsAnotherSecret() {
    var credentials = Examples.credentials();

    assertThat(add(Examples.connection(Examples.PAYSTACK), credentials)).isTrue();
    assertThat(add(Examples.connection(Examples.FINCRA), credentials)).isTrue();
  }

  @Test
  default void aRaceKeepsASecretOnce() {
    var credentials = Examples.credentials();

    var added = Concurrently.call(8, _ -> add(Examples.connection(), credentials));

    assertThat(added).containsOnlyOnce(true);
  }

  @Test
  default void aRolledBackConnectionHoldsNoSecret() {
    var credentials = Examples.credentials();
    var undone = Examples.connection();
    assertThatThrownBy(
            () ->
                transactions()
                    .inTransaction(
                        () -> {
                          add(undone, credentials);
                          throw new IllegalStateException("on purpose");
                        }))
        .hasMessage("on purpose");

    assertThat(connections().find(undone.id(), Visibility.ALL)).isEmpty();
    assertThat(add(Examples.connection(), credentials)).isTrue();
  }

  @Test
  default void aRemovedConnectionIsGoneAndItsSecretIsFree() {
    var connection = Examples.connection();
    var credentials = Examples.credentials();
    add(connection, credentials);

    remove(connection);

    assertThat(connections().find(connection.id(), Visibility.ALL)).isEmpty();
    assertThat(lock(connection.id(), Visibility.ALL)).isFalse();
    assertThat(connections().open(connection.id())).isEmpty();
    assertThat(connections().page(seeing(connection), null, 10).items()).isEmpty();
    assertThat(add(Examples.connection(), credentials)).isTrue();
  }

  @Test
  default void removingAConnectionLeavesItsWalletsAndItsNeighbours() {
    var connection = connected();
    var neighbour = connected();
    var wallet = registered(Examples.wallet(connection));

    remove(connection);

    assertThat(wallets().find(wallet.id(), Visibility.ALL)).contains(wallet);
    assertThat(connections().find(neighbour.id(), Visibility.ALL)).contains(neighbour);
  }

  @Test
  default void ofManyWhoWantToRemoveItOnlyOneGetsTheLock() {
    var connection = connected();

    var removed =
        Concurrently.call(
            8,
            _ ->
                transactions()
                    .inTransaction(
                        () -> {
                          var locked = connections().lock(connection.id(), Visibility.ALL);
                          locked.ifPresent(found -> connections().remove(found.id()));
                          return locked.isPresent();
                        }));

    assertThat(removed).containsOnlyOnce(true);
  }

  @Test
  default void lockingReturnsTheConnection() {
    var connection = connected();

    var locked =
        transactions().inTransaction(() -> connections().lock(connection.id(), Visibility.ALL));

    assertThat(locked).contains(connection);
  }

  @Test
  default void whatLiesOutsideTheVisibilityDoesNotExist() {
    var connection = connected();
    var other = connected();

    assertThat(connections().find(connection.id(), seeing(connection, other))).contains(connection);
    assertThat(connections().find(connection.id(), seeing(other))).isEmpty();
    assertThat(connections().find(connection.id(), seeing())).isEmpty();
    assertThat(lock(connection.id(), seeing(connection))).isTrue();
    assertThat(lock(connection.id(), seeing(other))).isFalse();
    assertThat(lock(connection.id(), seeing())).isFalse();
  }

  @Test
  default void anUnknownConnectionIsNotFound() {
    var unknown = new ConnectionId(UUID.randomUUID());

    assertThat(connections().find(unknown, Visibility.ALL)).isEmpty();
    assertThat(connections().open(unknown)).isEmpty();
    assertThat(lock(unknown, Visibility.ALL)).isFalse();
  }

  @Test
  default void listsOldestFirstPageByPage() {
    var first = connected();
    var second = connected();
    var unseen = connected();
    var third = connected();
    var visibility = seeing(third, first, second);

    var one = connections().page(visibility, null, 2);
    var two = connections().page(visibility, second.id(), 2);

    assertThat(one).isEqualTo(new Page<>(List.of(first, second), true));
    assertThat(two).isEqualTo(new Page<>(List.of(third), false));
    assertThat(connections().page(visibility, null, 3).hasMore()).isFalse();
    assertThat(connections().page(visibility, third.id(), 1).items()).isEmpty();
    assertThat(connections().page(seeing(), null, 10).items()).isEmpty();
    assertThat(connections().page(seeing(unseen), first.id(), 10).items()).containsExactly(unseen);
  }

  @Test
  default void listsEverythingForWhoMaySeeEverything() {
    var first = connected();
    var second = connected();

    assertThat(walk(Visibility.ALL).filter(c -> Set.of(first, second).contains(c)))
        .containsExactly(first, second);
  }

  @Test
  default void aListGoesOnBehindAConnectionThatWasRemovedMeanwhile() {
    var first = connected();
    var second = connected();
    var third = connected();
    remove(second);

    var page = connections().page(seeing(first, second, third), second.id(), 10);

    assertThat(page.items()).containsExactly(third);
  }

  private void update(Connection connection) {
    transactions()
        .inTransaction(
            () -> {
              connections().update(connection);
              return connection;
            });
  }

  private boolean add(Connection connection, Credentials credentials) {
    return transactions()
        .inTransaction(
            () -> connections().add(connection, credentials, credentials.get("secret_key")));
  }

  private void remove(Connection connection) {
    transactions()
        .inTransaction(
            () -> {
              var locked = connections().lock(connection.id(), Visibility.ALL).orElseThrow();
              connections().remove(locked.id());
              return locked;
            });
  }

  private boolean lock(ConnectionId id, Visibility visibility) {
    return transactions().inTransaction(() -> connections().lock(id, visibility).isPresent());
  }

  private Stream<Connection> walk(Visibility visibility) {
    @Nullable ConnectionId after = null;
    var all = Stream.<Connection>builder();
    while (true) {
      var page = connections().page(visibility, after, 100);
      page.items().forEach(all);
      if (!page.hasMore()) {
        return all.build();
      }
      after = page.items().getLast().id();
    }
  }

  private static Visibility seeing(Connection... connections) {
    return new Visibility(
        Arrays.stream(connections)
            .map(connection -> connection.id().value())
            .collect(Collectors.toSet()));
  }

  @Test
  default void otherCredentialsTakeThePlaceOfTheOldOnes() {
    var connection = connected();
    var fresh = Examples.credentials();

    assertThat(replace(connection, fresh, fresh.get("secret_key"), "wxyz")).isTrue();

    assertThat(connections().open(connection.id()))
        .contains(new Connections.OpenConnection(connection.hinted("wxyz"), fresh));
    assertThat(connections().find(connection.id(), Visibility.ALL))
        .contains(connection.hinted("wxyz"));
  }

  @Test
  default void theOldSecretIsFreeAfterwardsAndTheNewOneTaken() {
    var connection = Examples.connection();
    var old = Examples.credentials();
    add(connection, old);
    var fresh = Examples.credentials();

    replace(connection, fresh, fresh.get("secret_key"), null);

    assertThat(add(Examples.connection(), fresh)).isFalse();
    assertThat(add(Examples.connection(), old)).isTrue();
  }

  @Test
  default void theSameSecretAgainReplacesItself() {
    var connection = Examples.connection();
    var credentials = Examples.credentials();
    add(connection, credentials);

    assertThat(replace(connection, credentials, credentials.get("secret_key"), null)).isTrue();
  }

  @Test
  default void aSecretThatAnotherConnectionHoldsIsNotTakenOver() {
    var held = Examples.credentials();
    add(Examples.connection(), held);
    var connection = Examples.connection();
    var old = Examples.credentials();
    add(connection, old);

    assertThat(replace(connection, held, held.get("secret_key"), null)).isFalse();

    assertThat(connections().open(connection.id()).orElseThrow().credentials()).isEqualTo(old);
  }

  @Test
  default void retiredWebhookSecretsAreAcceptedForTheirTimeNewestFirst() {
    var connection = connected();
    retire(connection, "first", Duration.ofHours(1));
    retire(connection, "second", Duration.ofHours(1));
    retire(connection, "over", Duration.ZERO);
    retire(connected(), "of another", Duration.ofHours(1));

    assertThat(connections().retiredWebhookSecrets(connection.id()))
        .containsExactly("second", "first");
    assertThat(connections().forgetRetiredSecrets(100)).isPositive();
    assertThat(connections().forgetRetiredSecrets(100)).isZero();
    assertThat(connections().retiredWebhookSecrets(connection.id()))
        .containsExactly("second", "first");
  }

  @Test
  default void aRemovedConnectionHasNoRetiredSecrets() {
    var connection = connected();
    retire(connection, "old", Duration.ofHours(1));

    connections().remove(connection.id());

    assertThat(connections().retiredWebhookSecrets(connection.id())).isEmpty();
  }

  private boolean replace(
      Connection connection, Credentials credentials, String identifying, @Nullable String hint) {
    return transactions()
        .inTransaction(
            () -> {
              connections().lock(connection.id(), Visibility.ALL);
              return connections()
                  .replaceCredentials(connection.id(), credentials, identifying, hint);
            });
  }

  private void retire(Connection connection, String secret, Duration validFor) {
    transactions()
        .inTransaction(
            () -> {
              connections().retireWebhookSecret(connection.id(), secret, validFor);
              return secret;
            });
  }
}
