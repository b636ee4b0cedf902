package io.walletsync.core.alert;

import io.walletsync.core.alert.Alert.State;
import io.walletsync.core.alert.Alert.Subject;
import io.walletsync.core.alert.AlertLedger.Transitions;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.kernel.Ids;
import io.walletsync.core.notification.Notification;
import io.walletsync.core.notification.Notification.About;
import io.walletsync.core.notification.Notification.Kind;
import io.walletsync.core.notification.Notification.Occurrence;
import io.walletsync.core.notification.Outbox;
import io.walletsync.core.rule.AlertRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes what an evaluation found, in the caller's open transaction: the alerts, their history and
 * the events that tell of them are there together or not at all.
 */
final class AlertWriter {
  static final String SYSTEM = "alerts";

  private final AlertRules rules;
  private final Alerts alerts;
  private final Outbox outbox;
  private final Ids ids;

  AlertWriter(AlertRules rules, Alerts alerts, Outbox outbox, Ids ids) {
    this.rules = rules;
    this.alerts = alerts;
    this.outbox = outbox;
    this.ids = ids;
  }

  /** What opened within the last minute is asked for only where a rule is about to open more. */
  void write(AlertLedger ledger) {
    var opening = ledger.opening();
    write(
        ledger.transitions(
            opening.isEmpty() ? Map.of() : alerts.openedSince(opening, ledger.atOnceSince())));
  }

  void write(Transitions found) {
    if (found.isEmpty()) {
      return;
    }
    // rules before alerts, as whoever changes a rule locks them
    var opening = stillAsked(found.opened());
    // endings first: they make room for what opens about the same subject
    var ended = found.endings().isEmpty() ? List.<Alert>of() : alerts.over(found.endings());
    var kept = opening.isEmpty() ? Set.<UUID>of() : alerts.open(opening);
    tell(ended, opening.stream().filter(alert -> kept.contains(alert.id())).toList());
  }

  /** Without what a rule that was changed meanwhile does not ask for any more. */
  private List<Alert> stillAsked(List<Alert> opened) {
    if (opened.isEmpty()) {
      return opened;
    }
    var revisions =
        rules.hold(opened.stream().map(Alert::ruleId).collect(Collectors.toUnmodifiableSet()));
    return opened.stream()
        .filter(alert -> Objects.equals(revisions.get(alert.ruleId()), alert.ruleRevision()))
        .toList();
  }

  /** Of alerts that ended, and of new ones, which may have ended too. */
  private void tell(List<Alert> ended, List<Alert> opened) {
    var steps = new ArrayList<AlertTransition>();
    var events = new ArrayList<Notification>();
    for (var alert : ended) {
      resolved(alert, steps, events);
    }
    for (var alert : opened) {
      steps.add(AlertTransition.opened(ids.next(), alert, 1, alert.openedAt()));
      events.add(occurrence(Kind.ALERT_OPENED, alert, alert.openedAt(), facts(alert, 1)));
      if (alert.state() == State.RESOLVED) {
        resolved(alert, steps, events);
      }
    }
    append(steps, events);
  }

  /** Of alerts that were resolved. */
  void tellResolved(List<Alert> resolved) {
    tell(resolved, List.of());
  }

  private void resolved(Alert alert, List<AlertTransition> steps, List<Notification> events) {
    var how = Objects.requireNonNull(alert.resolved());
    steps.add(AlertTransition.resolved(ids.next(), alert, how));
    var facts = facts(alert, alert.step());
    facts.put("how", how.how().code());
    facts.put("value", how.value());
    events.add(occurrence(Kind.ALERT_RESOLVED, alert, how.at(), facts));
  }

  /** Of alerts that are open again because nobody wanted to hear of them until now. */
  void tellAwake(List<Alert> awake, Instant at) {
    var steps = new ArrayList<AlertTransition>();
    var events = new ArrayList<Notification>();
    for (var alert : awake) {
      steps.add(AlertTransition.opened(ids.next(), alert, alert.step(), at));
      var facts = facts(alert, alert.step());
      facts.put("reminder", "true");
      events.add(occurrence(Kind.ALERT_OPENED, alert, at, facts));
    }
    append(steps, events);
  }

  private void append(List<AlertTransition> steps, List<Notification> events) {
    if (!steps.isEmpty()) {
      alerts.note(steps);
      outbox.append(events);
    }
  }

  private Occurrence occurrence(
      Kind kind, Alert alert, Instant at, SortedMap<String, @Nullable String> facts) {
    return new Occurrence(
        ids.next(),
        kind,
        alert.subject().ofWallet().map(it -> new About(it.wallet(), it.connection())),
        at,
        facts);
  }

  /**
   * With the step that is told: what is read in another order than it happened can be put right.
   */
  private static SortedMap<String, @Nullable String> facts(Alert alert, int step) {
    var currency = alert.currency();
    var facts =
        AuditEntry.facts(
            "alert_id", alert.id().toString(),
            "step", Integer.toString(step),
            "rule_id", alert.ruleId().toString(),
            "rule_name", alert.ruleName(),
            "kind", alert.kind().code(),
            "severity", alert.severity().code(),
            "currency", currency == null ? null : currency.value(),
            "previous", alert.previous(),
            "current", alert.current(),
            "limit", alert.limit());
    if (alert.subject() instanceof Subject.OfChannel(var channel)) {
      facts.put("subscription_id", channel.toString());
    }
    return facts;
  }
}
