package io.walletsync.server.http.alert;

import io.walletsync.core.access.Scope;
import io.walletsync.core.alert.ChangeAlertRule;
import io.walletsync.core.alert.CreateAlertRule;
import io.walletsync.core.alert.DeleteAlertRule;
import io.walletsync.core.alert.RuleOutcome;
import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.rule.AlertKind;
import io.walletsync.core.rule.AlertRules;
import io.walletsync.core.rule.AlertScope;
import io.walletsync.core.rule.Severity;
import io.walletsync.server.http.access.Callers;
import io.walletsync.server.http.access.RequiresScope;
import io.walletsync.server.http.problem.InvalidRequest;
import io.walletsync.server.http.problem.ProblemWriter;
import io.walletsync.server.http.wire.PageJson;
import io.walletsync.server.http.wire.QueryFields;
import io.walletsync.server.http.wire.UuidText;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The routes of what somebody wants to be told of. */
@RestController
@RequestMapping(AlertRuleController.PATH)
public final class AlertRuleController {
  static final String PATH = "/api/v1/alert-rules";
  private static final String LISTING = "alert-rules";

  private final AlertRules rules;
  private final CreateAlertRule createAlertRule;
  private final ChangeAlertRule changeAlertRule;
  private final DeleteAlertRule deleteAlertRule;
  private final ProblemWriter problems;

  public AlertRuleController(
      AlertRules rules,
      CreateAlertRule createAlertRule,
      ChangeAlertRule changeAlertRule,
      DeleteAlertRule deleteAlertRule,
      ProblemWriter problems) {
    this.rules = rules;
    this.createAlertRule = createAlertRule;
    this.changeAlertRule = changeAlertRule;
    this.deleteAlertRule = deleteAlertRule;
    this.problems = problems;
  }

  @PostMapping(consumes = "application/json")
  @RequiresScope(Scope.ALERTS_WRITE)
  ResponseEntity<Object> create(
      HttpServletRequest request, @RequestBody(required = false) byte @Nullable [] body) {
    QueryFields.none(request);
    var said = AlertRuleReader.whole(body);
    var command =
        new CreateAlertRule.Command(
            Callers.of(request).actor(),
            Callers.visibility(request),
            Objects.requireNonNull(said.name()),
            said.severity() == null ? Severity.WARNING : said.severity(),
            said.enabled() == null || said.enabled(),
            said.scope() == null ? AlertScope.ALL : said.scope(),
            Objects.requireNonNull(said.condition()));
    var outcome = createAlertRule.create(command);
    return outcome instanceof RuleOutcome.Kept(var rule)
        ? ResponseEntity.created(URI.create(PATH + "/" + rule.id())).body(AlertRuleJson.of(rule))
        : refused(request, outcome);
  }

  @GetMapping
  @RequiresScope(Scope.ALERTS_READ)
  PageJson<AlertRuleJson> list(HttpServletRequest request) {
    var fields = QueryFields.of(request);
    var query =
        new AlertRules.Query(
            Callers.visibility(request),
            fields.optional("kind", AlertKind::of),
            fields.optional("enabled", AlertRuleController::flag),
            fields.cursor(LISTING),
            fields.limit());
    fields.done();
    return PageJson.of(rules.page(query), AlertRuleJson::of, LISTING, rule -> rule.id().toString());
  }

  @GetMapping("/{rule_id}")
  @RequiresScope(Scope.ALERTS_READ)
  ResponseEntity<Object> read(HttpServletRequest request, @PathVariable("rule_id") String id) {
    QueryFields.none(request);
    return rules
        .find(id(id), Callers.visibility(request))
        .map(rule -> ResponseEntity.ok((Object) AlertRuleJson.of(rule)))
        .orElseGet(() -> problems.entity(request, AlertProblems.ruleNotFound()));
  }

  @PatchMapping(path = "/{rule_id}", consumes = "application/json")
  @RequiresScope(Scope.ALERTS_WRITE)
  ResponseEntity<Object> change(
      HttpServletRequest request,
      @PathVariable("rule_id") String id,
      @RequestBody(required = false) byte @Nullable [] body) {
    QueryFields.none(request);
    var rule = id(id);
    var said = AlertRuleReader.change(body);
    var outcome =
        changeAlertRule.change(
            new ChangeAlertRule.Command(
                Callers.of(request).actor(),
                Callers.visibility(request),
                rule,
                said.name(),
                said.severity(),
                said.enabled(),
                said.scope(),
                said.condition()));
    return outcome instanceof RuleOutcome.Kept(var now)
        ? ResponseEntity.ok(AlertRuleJson.of(now))
        : refused(request, outcome);
  }

  @DeleteMapping("/{rule_id}")
  @RequiresScope(Scope.ALERTS_WRITE)
  ResponseEntity<Object> delete(HttpServletRequest request, @PathVariable("rule_id") String id) {
    QueryFields.none(request);
    var command =
        new DeleteAlertRule.Command(
            Callers.of(request).actor(), Callers.visibility(request), id(id));
    return switch (deleteAlertRule.delete(command)) {
      case DeleteAlertRule.Outcome.Deleted() -> ResponseEntity.noContent().build();
      case DeleteAlertRule.Outcome.Unknown() ->
          problems.entity(request, AlertProblems.ruleNotFound());
      case DeleteAlertRule.Outcome.OfSomebodyElse() ->
          problems.entity(request, AlertProblems.ruleOfSomebodyElse());
    };
  }

  private ResponseEntity<Object> refused(HttpServletRequest request, RuleOutcome outcome) {
    return switch (outcome) {
      case RuleOutcome.Kept _ -> throw new IllegalStateException("a rule that was kept");
      case RuleOutcome.Unknown() -> problems.entity(request, AlertProblems.ruleNotFound());
      case RuleOutcome.UnknownWallet() ->
          throw new InvalidRequest(
              "scope.wallet_id", "must be a wallet that is visible to your API key");
      case RuleOutcome.UnknownConnection() ->
          throw new InvalidRequest(
              "scope.connection_id", "must be a connection that is visible to your API key");
      case RuleOutcome.OtherCurrency() ->
          throw new InvalidRequest("condition.currency", "must be the currency of the scope");
      case RuleOutcome.ScopeNotMeant(var kind) ->
          throw new InvalidRequest(
              "scope",
              kind == AlertKind.CHANNEL_SILENT
                  ? "must be absent: the rule is about channels"
                  : "must not name a wallet: the rule is about all of its scope together");
      case RuleOutcome.OfSomebodyElse() ->
          problems.entity(request, AlertProblems.ruleOfSomebodyElse());
      case RuleOutcome.TooMany(var most) ->
          problems.entity(request, AlertProblems.tooManyRules(most));
    };
  }

  private static UUID id(String text) {
    return UuidText.parse("rule_id", text);
  }

  private static Boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new InvalidValue("must be true or false");
    };
  }
}
