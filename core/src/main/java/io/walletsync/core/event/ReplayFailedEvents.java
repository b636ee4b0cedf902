package io.walletsync.core.event;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.Visibility;

/** Use case: let all events of a connection wait again that were given up. */
public final class ReplayFailedEvents {
  private final ProviderEvents events;
  private final Connections connections;
  private final Transactions transactions;
  private final Auditor auditor;

  public ReplayFailedEvents(
      ProviderEvents events, Connections connections, Transactions transactions, Auditor auditor) {
    this.events = events;
    this.connections = connections;
    this.transactions = transactions;
    this.auditor = auditor;
  }

  public Outcome replay(Command command) {
    return transactions.inTransaction(() -> replayAll(command));
  }

  private Outcome replayAll(Command command) {
    var connection = connections.find(command.connection(), command.visibility());
    if (connection.isEmpty()) {
      return new Outcome.UnknownConnection();
    }
    var count = events.restartFailed(command.connection());
    if (count > 0) {
      auditor.append(
          auditor.entry(
              command.actor(),
              "replay_provider_events",
              "provider_event",
              command.connection().value(),
              command.connection().value(),
              "replayed",
              AuditEntry.facts("count", Integer.toString(count))));
    }
    return new Outcome.Replayed(count);
  }

  /** Of which connection. */
  public record Command(Actor actor, Visibility visibility, ConnectionId connection) {}

  /** What came of it. */
  public sealed interface Outcome {
    /** So many wait again. */
    record Replayed(int count) implements Outcome {}

    record UnknownConnection() implements Outcome {}
  }
}
