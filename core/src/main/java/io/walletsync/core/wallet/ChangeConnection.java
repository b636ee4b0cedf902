package io.walletsync.core.wallet;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.wallet.CallBudget.Period;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Use case: change how many calls a connection may make, and how often its wallets are synced. */
public final class ChangeConnection {
  private final Connections connections;
  private final Transactions transactions;
  private final Auditor auditor;

  public ChangeConnection(Connections connections, Transactions transactions, Auditor auditor) {
    this.connections = connections;
    this.transactions = transactions;
    this.auditor = auditor;
  }

  public Outcome change(Command command) {
    return transactions.inTransaction(() -> changeLocked(command));
  }

  private Outcome changeLocked(Command command) {
    var connection = connections.lock(command.connection(), command.visibility()).orElse(null);
    if (connection == null) {
      return new Outcome.Unknown();
    }
    var budget = connection.callBudget();
    for (var change : command.callBudget().entrySet()) {
      budget = budget.with(change.getKey(), change.getValue());
    }
    var schedule = ScheduleChange.apply(command.schedule(), connection.schedule());
    if (budget.equals(connection.callBudget()) && Objects.equals(schedule, connection.schedule())) {
      return new Outcome.Changed(connection);
    }
    var changed = connection.with(budget).scheduled(schedule);
    connections.update(changed);
    auditor.append(
        auditor.entry(
            command.actor(),
            "change_connection",
            "connection",
            changed.id().value(),
            changed.id().value(),
            "changed",
            AuditEntry.facts(
                "calls_per_second", AddConnection.text(budget.perSecond()),
                "calls_per_day", AddConnection.text(budget.perDay()),
                "schedule", SyncSchedule.text(schedule))));
    return new Outcome.Changed(changed);
  }

  /**
   * What to change.
   *
   * @param callBudget limits to set; a null value goes back to what the provider documents
   * @param schedule null to leave it as it is
   */
  public record Command(
      Actor actor,
      Visibility visibility,
      ConnectionId connection,
      Map<Period, @Nullable Integer> callBudget,
      @Nullable ScheduleChange schedule) {
    // spelt out, for the compact form loses the annotation in the map's type
    public Command(
        Actor actor,
        Visibility visibility,
        ConnectionId connection,
        Map<Period, @Nullable Integer> callBudget,
        @Nullable ScheduleChange schedule) {
      this.actor = actor;
      this.visibility = visibility;
      this.connection = connection;
      this.callBudget = Collections.unmodifiableMap(new TreeMap<>(callBudget));
      this.schedule = schedule;
    }

    /** Leaves the schedule as it is. */
    public Command(
        Actor actor,
        Visibility visibility,
        ConnectionId connection,
        Map<Period, @Nullable Integer> callBudget) {
      this(actor, visibility, connection, callBudget, null);
    }
  }

  /** What came of it. */
  public sealed interface Outcome {
    record Changed(Connection connection) implements Outcome {}

    record Unknown() implements Outcome {}
  }
}
