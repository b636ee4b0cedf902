package io.walletsync.core.provider;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.provider.BalanceProvider.AccountBalance;
import io.walletsync.core.provider.BalanceProvider.Reply;
import io.walletsync.core.wallet.Connection;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.Connections.OpenConnection;
import io.walletsync.core.wallet.CredentialRules;
import io.walletsync.core.wallet.Credentials;
import io.walletsync.core.wallet.Holding;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Use case: give a connection other credentials of the same account. They must work and still offer
 * every open wallet before they take the place of the old ones; the old webhook secret stays valid
 * for a while, as notifications signed with it are under way.
 */
public final class ReplaceCredentials {
  private final Connections connections;
  private final RegisteredWallets registered;
  private final BalanceProviders providers;
  private final Transactions transactions;
  private final Auditor auditor;
  private final Duration deadline;

  public ReplaceCredentials(
      Connections connections,
      RegisteredWallets registered,
      BalanceProviders providers,
      Transactions transactions,
      Auditor auditor,
      Duration deadline) {
    this.connections = connections;
    this.registered = registered;
    this.providers = providers;
    this.transactions = transactions;
    this.auditor = auditor;
    this.deadline = deadline;
  }

  public Outcome replace(Command command) {
    var old = connections.open(command.connection(), command.visibility()).orElse(null);
    if (old == null) {
      return new Outcome.Unknown();
    }
    var provider = providers.get(old.connection());
    var rules = provider.profile().credentials();
    var fresh = command.credentials();
    if (!fresh.fields().keySet().equals(rules.fields())) {
      return new Outcome.WrongCredentialFields(rules.fields());
    }
    if (rules.identifyingIsFixed()
        && !fresh.get(rules.identifying()).equals(old.credentials().get(rules.identifying()))) {
      return new Outcome.OtherAccount(rules.identifying());
    }
    var reply = provider.fetch(new OpenConnection(old.connection(), fresh), Set.of(), deadline);
    return switch (reply) {
      case Reply.Failure(var failure) -> new Outcome.NotWorking(failure);
      case Reply.Reading(var balances) -> {
        var missing = missing(provider, command.connection(), balances);
        yield missing.isEmpty()
            ? transactions.inTransaction(() -> replace(command, rules))
            : new Outcome.WalletsMissing(missing);
      }
    };
  }

  /** Open wallets that the new credentials do not offer, as far as one call can tell. */
  private List<Holding> missing(
      BalanceProvider provider, ConnectionId connection, List<AccountBalance> balances) {
    var offered =
        balances.stream().map(AccountBalance::holding).collect(Collectors.toUnmodifiableSet());
    return registered.of(connection).values().stream()
        .filter(wallet -> !wallet.isClosed())
        .map(Wallet::holding)
        .filter(holding -> provider.callFor(holding).isEmpty() && !offered.contains(holding))
        .toList();
  }

  private Outcome replace(Command command, CredentialRules rules) {
    var connection = connections.lock(command.connection(), command.visibility()).orElse(null);
    var old = connection == null ? null : connections.open(connection.id()).orElse(null);
    if (old == null) {
      return new Outcome.Unknown();
    }
    var fresh = command.credentials();
    var oldSecret = old.credentials().get(rules.webhookSecret());
    var replaced =
        connections.replaceCredentials(
            command.connection(),
            fresh,
            fresh.get(rules.identifying()),
            fresh.hint(rules.secret()));
    if (!replaced) {
      return new Outcome.SecretInUse();
    }
    var retires = !oldSecret.equals(fresh.get(rules.webhookSecret()));
    if (retires) {
      connections.retireWebhookSecret(
          command.connection(), oldSecret, command.webhookSecretOverlap());
    }
    auditor.append(
        auditor.entry(
            command.actor(),
            "replace_credentials",
            "connection",
            command.connection().value(),
            command.connection().value(),
            "replaced",
            AuditEntry.facts(
                "webhook_overlap_seconds",
                retires ? Long.toString(command.webhookSecretOverlap().toSeconds()) : null)));
    return connections
        .find(command.connection(), command.visibility())
        .map(changed -> (Outcome) new Outcome.Replaced(changed))
        .orElseGet(Outcome.Unknown::new);
  }

  /**
   * What to replace.
   *
   * @param webhookSecretOverlap how long notifications that the old secret proves are accepted
   */
  public record Command(
      Actor actor,
      Visibility visibility,
      ConnectionId connection,
      Credentials credentials,
      Duration webhookSecretOverlap) {}

  /** What came of it; in all cases but the first nothing changed. */
  public sealed interface Outcome {
    record Replaced(Connection connection) implements Outcome {}

    record WrongCredentialFields(Set<String> required) implements Outcome {}

    /** This field names the account, which a connection keeps for ever. */
    record OtherAccount(String field) implements Outcome {}

    /** No balances were had with the new credentials. */
    record NotWorking(ProviderFailure failure) implements Outcome {}

    /** They work and lack what is registered: most likely they are those of another account. */
    record WalletsMissing(List<Holding> missing) implements Outcome {}

    /** Another connection holds the same secret; with two of them sums would double. */
    record SecretInUse() implements Outcome {}

    record Unknown() implements Outcome {}
  }
}
