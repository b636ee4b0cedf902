package io.walletsync.server.http.alert;

import io.walletsync.core.access.Scope;
import io.walletsync.core.alert.Alert;
import io.walletsync.core.alert.Alert.State;
import io.walletsync.core.alert.Alerts;
import io.walletsync.core.alert.SettleAlert;
import io.walletsync.core.alert.SettleAlert.Decision;
import io.walletsync.core.alert.SettleAlert.Outcome;
import io.walletsync.core.rule.AlertKind;
import io.walletsync.core.rule.Severity;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.server.http.access.Callers;
import io.walletsync.server.http.access.RequiresScope;
import io.walletsync.server.http.problem.InvalidRequest;
import io.walletsync.server.http.problem.ProblemWriter;
import io.walletsync.server.http.wire.JsonFields;
import io.walletsync.server.http.wire.MomentText;
import io.walletsync.server.http.wire.NoteText;
import io.walletsync.server.http.wire.PageJson;
import io.walletsync.server.http.wire.QueryFields;
import io.walletsync.server.http.wire.UuidText;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The routes of alerts: what was found, and what people do about it. */
@RestController
@RequestMapping(AlertController.PATH)
public final class AlertController {
  static final String PATH = "/api/v1/alerts";
  private static final String LISTING = "alerts";

  private final Alerts alerts;
  private final SettleAlert settleAlert;
  private final ProblemWriter problems;

  public AlertController(Alerts alerts, SettleAlert settleAlert, ProblemWriter problems) {
    this.alerts = alerts;
    this.settleAlert = settleAlert;
    this.problems = problems;
  }

  @GetMapping
  @RequiresScope(Scope.ALERTS_READ)
  PageJson<AlertJson> list(HttpServletRequest request) {
    var fields = QueryFields.of(request);
    var states = fields.optional("state", AlertController::states);
    var wallet = fields.optionalUuid("wallet_id");
    var connection = fields.optionalUuid("connection_id");
    var query =
        new Alerts.Query(
            Callers.visibility(request),
            states == null ? Set.of() : states,
            fields.optionalUuid("rule_id"),
            wallet == null ? null : new WalletId(wallet),
            connection == null ? null : new ConnectionId(connection),
            fields.optional("kind", AlertKind::of),
            fields.optional("severity", Severity::of),
            fields.cursor(LISTING),
            fields.limit());
    fields.done();
    return PageJson.of(alerts.page(query), AlertJson::of, LISTING, it -> it.id().toString());
  }

  private static Set<State> states(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(State::of)
        .collect(Collectors.toUnmodifiableSet());
  }

  @GetMapping("/{alert_id}")
  @RequiresScope(Scope.ALERTS_READ)
  ResponseEntity<Object> read(HttpServletRequest request, @PathVariable("alert_id") String id) {
    QueryFields.none(request);
    return find(request, id)
        .map(found -> ResponseEntity.ok((Object) AlertJson.of(found)))
        .orElseGet(() -> problems.entity(request, AlertProblems.notFound()));
  }

  private Optional<Alert> find(HttpServletRequest request, String id) {
    return alerts.find(id(id), Callers.visibility(request));
  }

  @GetMapping("/{alert_id}/history")
  @RequiresScope(Scope.ALERTS_READ)
  ResponseEntity<Object> history(HttpServletRequest request, @PathVariable("alert_id") String id) {
    QueryFields.none(request);
    return find(request, id)
        .map(
            found ->
                ResponseEntity.ok(
                    (Object)
                        new PageJson<>(
                            alerts.transitions(found.id()).stream().map(AlertStepJson::of).toList(),
                            false,
                            null)))
        .orElseGet(() -> problems.entity(request, AlertProblems.notFound()));
  }

  @PostMapping(path = "/{alert_id}/acknowledge", consumes = "application/json")
  @RequiresScope(Scope.ALERTS_WRITE)
  ResponseEntity<Object> acknowledge(
      HttpServletRequest request,
      @PathVariable("alert_id") String id,
      @RequestBody(required = false) byte @Nullable [] body) {
    QueryFields.none(request);
    var alert = id(id);
    var fields = JsonFields.of(body);
    var note = fields.optionalText("note", NoteText::parse);
    fields.done();
    return settle(request, alert, new Decision.Acknowledge(note.orNull()));
  }

  @PostMapping(path = "/{alert_id}/snooze", consumes = "application/json")
  @RequiresScope(Scope.ALERTS_WRITE)
  ResponseEntity<Object> snooze(
      HttpServletRequest request,
      @PathVariable("alert_id") String id,
      @RequestBody(required = false) byte @Nullable [] body) {
    QueryFields.none(request);
    var alert = id(id);
    var fields = JsonFields.of(body);
    var until = fields.requiredText("until", MomentText::parse);
    var note = fields.optionalText("note", NoteText::parse);
    fields.done();
    return settle(request, alert, new Decision.Snooze(until.get(), note.orNull()));
  }

  @PostMapping(path = "/{alert_id}/resolve", consumes = "application/json")
  @RequiresScope(Scope.ALERTS_WRITE)
  ResponseEntity<Object> resolve(
      HttpServletRequest request,
      @PathVariable("alert_id") String id,
      @RequestBody(required = false) byte @Nullable [] body) {
    QueryFields.none(request);
    var alert = id(id);
    var fields = JsonFields.of(body);
    var note = fields.requiredText("note", NoteText::parse);
    fields.done();
    return settle(request, alert, new Decision.Resolve(note.get()));
  }

  private ResponseEntity<Object> settle(HttpServletRequest request, UUID alert, Decision decision) {
    var command =
        new SettleAlert.Command(
            Callers.of(request).actor(), Callers.visibility(request), alert, decision);
    return switch (settleAlert.settle(command)) {
      case Outcome.Settled(var now) -> ResponseEntity.ok(AlertJson.of(now));
      case Outcome.AlreadyResolved() -> problems.entity(request, AlertProblems.resolved());
      case Outcome.UntilOutOfRange() ->
          throw new InvalidRequest("until", "must lie in the future, and within 366 days");
      case Outcome.Unknown() -> problems.entity(request, AlertProblems.notFound());
    };
  }

  private static UUID id(String text) {
    return UuidText.parse("alert_id", text);
  }
}
