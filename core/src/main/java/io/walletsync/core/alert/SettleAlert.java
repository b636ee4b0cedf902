package io.walletsync.core.alert;

import io.walletsync.core.alert.Alert.How;
import io.walletsync.core.alert.Alert.Resolved;
import io.walletsync.core.alert.Alert.State;
import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.judgement.Evidence;
import io.walletsync.core.kernel.Ids;
import io.walletsync.core.kernel.Microseconds;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.notification.Outbox;
import io.walletsync.core.rule.AlertRules;
import io.walletsync.core.wallet.Visibility;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Use case: a person looks after an alert, puts it off, or ends it and says why. */
public final class SettleAlert {
  private static final Duration LONGEST_SNOOZE = Duration.ofDays(366);

  private final Alerts alerts;
  private final Evidence evidence;
  private final Transactions transactions;
  private final AlertAudit audit;
  private final AlertWriter writer;
  private final Ids ids;

  public SettleAlert(
      AlertRules rules,
      Alerts alerts,
      Evidence evidence,
      Outbox outbox,
      Transactions transactions,
      Auditor auditor,
      Ids ids) {
    this.alerts = alerts;
    this.evidence = evidence;
    this.transactions = transactions;
    this.audit = new AlertAudit(auditor);
    this.writer = new AlertWriter(rules, alerts, outbox, ids);
    this.ids = ids;
  }

  public Outcome settle(Command command) {
    return transactions.inTransaction(() -> settleInTransaction(command));
  }

  private Outcome settleInTransaction(Command command) {
    var found = alerts.find(command.alert(), command.visibility()).orElse(null);
    if (found == null) {
      return new Outcome.Unknown();
    }
    var now = Microseconds.cut(evidence.now());
    var settled =
        switch (command.decision()) {
          case Decision.Acknowledge(var note) ->
              moved(command, found, State.ACKNOWLEDGED, null, note, now);
          case Decision.Snooze(var until, var note) -> {
            if (!until.isAfter(now) || until.isAfter(now.plus(LONGEST_SNOOZE))) {
              yield new Outcome.UntilOutOfRange();
            }
            yield moved(command, found, State.SNOOZED, until, note, now);
          }
          case Decision.Resolve(var note) -> resolved(command, found, note, now);
        };
    return settled;
  }

  private Outcome moved(
      Command command,
      Alert found,
      State to,
      @Nullable Instant until,
      @Nullable String note,
      Instant now) {
    var moved = alerts.move(found.id(), to, until).orElse(null);
    if (moved == null) {
      return new Outcome.AlreadyResolved();
    }
    var by = command.actor().name();
    alerts.note(
        List.of(
            new AlertTransition(
                ids.next(), found.id(), moved.step(), to, now, by, null, note, until)));
    audit.alert(
        command.actor(),
        to == State.SNOOZED ? "snooze_alert" : "acknowledge_alert",
        moved,
        note,
        until == null ? null : until.toString());
    return new Outcome.Settled(moved);
  }

  private Outcome resolved(Command command, Alert found, String note, Instant now) {
    var how = new Resolved(How.PERSON, now, command.actor().name(), note, null);
    var resolved = alerts.resolve(found.id(), how).orElse(null);
    if (resolved == null) {
      return new Outcome.AlreadyResolved();
    }
    writer.tellResolved(List.of(resolved));
    audit.alert(command.actor(), "resolve_alert", resolved, note, null);
    return new Outcome.Settled(resolved);
  }

  /** What to do with which. */
  public record Command(Actor actor, Visibility visibility, UUID alert, Decision decision) {}

  /** What a person decides. */
  public sealed interface Decision {
    record Acknowledge(@Nullable String note) implements Decision {}

    record Snooze(Instant until, @Nullable String note) implements Decision {}

    record Resolve(String note) implements Decision {}
  }

  /** What came of it. */
  public sealed interface Outcome {
    record Settled(Alert now) implements Outcome {}

    record AlreadyResolved() implements Outcome {}

    /** In the past, or further away than a year. */
    record UntilOutOfRange() implements Outcome {}

    record Unknown() implements Outcome {}
  }
}
