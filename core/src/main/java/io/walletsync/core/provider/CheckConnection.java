package io.walletsync.core.provider;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.provider.BalanceProvider.AccountBalance;
import io.walletsync.core.provider.BalanceProvider.Reply;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.Holding;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Use case: say in words whether a connection works, and what the provider offers over it. */
public final class CheckConnection {
  private final Connections connections;
  private final RegisteredWallets registered;
  private final BalanceProviders providers;
  private final Transactions transactions;
  private final Auditor auditor;
  private final Duration deadline;

  public CheckConnection(
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

  public Outcome check(Command command) {
    var open = connections.open(command.connection(), command.visibility()).orElse(null);
    if (open == null) {
      return new Outcome.Unknown();
    }
    var reply = providers.get(open.connection()).fetch(open, Set.of(), deadline);
    audit(command, reply);
    return switch (reply) {
      case Reply.Failure(var failure) ->
          new Outcome.Checked(Finding.of(Optional.of(failure)), List.of());
      case Reply.Reading(var balances) ->
          new Outcome.Checked(Finding.of(Optional.empty()), offers(command.connection(), balances));
    };
  }

  private List<Offer> offers(ConnectionId connection, List<AccountBalance> balances) {
    var wallets = registered.of(connection);
    return balances.stream()
        .map(AccountBalance::holding)
        .map(holding -> new Offer(holding, Optional.ofNullable(wallets.get(holding))))
        .toList();
  }

  private void audit(Command command, Reply reply) {
    var reason = reply instanceof Reply.Failure(var failure) ? failure.reason().code() : null;
    transactions.inTransaction(
        () -> {
          auditor.append(
              auditor.entry(
                  command.actor(),
                  "check_connection",
                  "connection",
                  command.connection().value(),
                  command.connection().value(),
                  reason == null ? "works" : "failed",
                  AuditEntry.facts("reason", reason)));
          return reply;
        });
  }

  /** Which connection to check. */
  public record Command(Actor actor, Visibility visibility, ConnectionId connection) {}

  /**
   * A balance that the provider tells over the connection.
   *
   * @param wallet the wallet that is registered for it, whatever its status
   */
  public record Offer(Holding holding, Optional<Wallet> wallet) {}

  /** What came of it. */
  public sealed interface Outcome {
    /** Checked, whether or not it works. */
    record Checked(List<Finding> findings, List<Offer> offers) implements Outcome {}

    record Unknown() implements Outcome {}
  }
}
