package io.walletsync.core.wallet;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.kernel.Microseconds;
import io.walletsync.core.kernel.Transactions;
import java.time.InstantSource;

/**
 * Use case: forget a connection's credentials. Wallets are closed only on demand; history stays.
 */
public final class RemoveConnection {
  private final Connections connections;
  private final Wallets wallets;
  private final Transactions transactions;
  private final Auditor auditor;
  private final InstantSource clock;

  public RemoveConnection(
      Connections connections,
      Wallets wallets,
      Transactions transactions,
      Auditor auditor,
      InstantSource clock) {
    this.connections = connections;
    this.wallets = wallets;
    this.transactions = transactions;
    this.auditor = auditor;
    this.clock = clock;
  }

  public Outcome remove(Command command) {
    return transactions.inTransaction(() -> removeLocked(command));
  }

  private Outcome removeLocked(Command command) {
    var connection = connections.lock(command.connection(), command.visibility()).orElse(null);
    if (connection == null) {
      return new Outcome.Unknown();
    }
    if (!command.closeWallets()) {
      var open = wallets.countOpen(connection.id());
      if (open > 0) {
        return new Outcome.HasOpenWallets(open);
      }
    }
    var closed = wallets.closeAll(connection.id(), Microseconds.cut(clock.instant()));
    connections.remove(connection.id());
    auditor.append(
        closed.stream()
            .map(wallet -> CloseWallet.closed(auditor, command.actor(), wallet))
            .toList());
    auditor.append(
        auditor.entry(
            command.actor(),
            "remove_connection",
            "connection",
            connection.id().value(),
            connection.id().value(),
            "removed",
            AuditEntry.facts("closed_wallets", Integer.toString(closed.size()))));
    return new Outcome.Removed(closed.size());
  }

  /** Which connection to remove, and whether its open wallets shall be closed with it. */
  public record Command(
      Actor actor, Visibility visibility, ConnectionId connection, boolean closeWallets) {}

  /** What came of it. */
  public sealed interface Outcome {
    record Removed(int closedWallets) implements Outcome {}

    record HasOpenWallets(int count) implements Outcome {}

    record Unknown() implements Outcome {}
  }
}
