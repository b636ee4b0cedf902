package io.walletsync.core.wallet;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.kernel.Ids;
import io.walletsync.core.kernel.Microseconds;
import io.walletsync.core.kernel.Transactions;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Use case: connect the business's account at a provider. The provider is not called. */
public final class AddConnection {
  private final Connections connections;
  private final ProviderProfiles profiles;
  private final Transactions transactions;
  private final Auditor auditor;
  private final Ids ids;
  private final InstantSource clock;

  public AddConnection(
      Connections connections,
      ProviderProfiles profiles,
      Transactions transactions,
      Auditor auditor,
      Ids ids,
      InstantSource clock) {
    this.connections = connections;
    this.profiles = profiles;
    this.transactions = transactions;
    this.auditor = auditor;
    this.ids = ids;
    this.clock = clock;
  }

  public Outcome add(Command command) {
    if (!profiles.ids().contains(command.provider())) {
      return new Outcome.UnknownProvider(profiles.ids());
    }
    var profile = profiles.find(command.provider(), command.apiVersion()).orElse(null);
    if (profile == null) {
      return new Outcome.WrongApiVersion(profiles.apiVersions(command.provider()));
    }
    var rules = profile.credentials();
    if (!command.credentials().fields().keySet().equals(rules.fields())) {
      return new Outcome.WrongCredentialFields(rules.fields());
    }
    if (command.environment() != null && !profile.hasEnvironments()) {
      return new Outcome.NoEnvironments();
    }
    var connection =
        new Connection(
            new ConnectionId(ids.next()),
            profile.id(),
            profile.apiVersion(),
            command.name(),
            profile.hasEnvironments() && command.environment() == null
                ? Environment.LIVE
                : command.environment(),
            command.credentials().hint(rules.secret()),
            Microseconds.cut(clock.instant()),
            command.callBudget(),
            command.schedule());
    return transactions.inTransaction(() -> add(connection, rules.identifying(), command));
  }

  private Outcome add(Connection connection, String identifying, Command command) {
    var credentials = command.credentials();
    if (!connections.add(connection, credentials, credentials.get(identifying))) {
      return new Outcome.SecretInUse();
    }
    auditor.append(
        auditor.entry(
            command.actor(),
            "add_connection",
            "connection",
            connection.id().value(),
            connection.id().value(),
            "created",
            AuditEntry.facts(
                "provider", connection.provider().value(),
                "api_version", connection.apiVersion(),
                "name", connection.name(),
                "calls_per_second", text(connection.callBudget().perSecond()),
                "calls_per_day", text(connection.callBudget().perDay()),
                "schedule", SyncSchedule.text(connection.schedule()))));
    return new Outcome.Added(connection);
  }

  static @Nullable String text(@Nullable Integer calls) {
    return calls == null ? null : calls.toString();
  }

  /** What to connect. */
  public record Command(
      Actor actor,
      ProviderId provider,
      @Nullable String apiVersion,
      String name,
      @Nullable Environment environment,
      Credentials credentials,
      CallBudget callBudget,
      @Nullable SyncSchedule schedule) {
    /** Without a schedule of its own. */
    public Command(
        Actor actor,
        ProviderId provider,
        @Nullable String apiVersion,
        String name,
        @Nullable Environment environment,
        Credentials credentials,
        CallBudget callBudget) {
      this(actor, provider, apiVersion, name, environment, credentials, callBudget, null);
    }
  }

  /** What came of it. */
  public sealed interface Outcome {
    record Added(Connection connection) implements Outcome {}

    record UnknownProvider(Set<ProviderId> known) implements Outcome {}

    /** None of the provider's API versions; it has only one where none is allowed. */
    record WrongApiVersion(Set<String> allowed) implements Outcome {}

    record WrongCredentialFields(Set<String> required) implements Outcome {}

    record NoEnvironments() implements Outcome {}

    /** Another connection holds the same secret; with two of them sums would double. */
    record SecretInUse() implements Outcome {}
  }
}
