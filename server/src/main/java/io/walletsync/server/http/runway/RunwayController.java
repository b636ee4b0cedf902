package io.walletsync.server.http.runway;

import io.walletsync.core.access.Scope;
import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.runway.ForecastRunway;
import io.walletsync.core.runway.ForecastRunway.Outcome;
import io.walletsync.core.runway.OutflowPlans;
import io.walletsync.core.runway.PlanOutflows;
import io.walletsync.core.runway.Runway;
import io.walletsync.core.wallet.Wallets;
import io.walletsync.server.http.access.Callers;
import io.walletsync.server.http.access.RequiresScope;
import io.walletsync.server.http.problem.ProblemWriter;
import io.walletsync.server.http.wallet.WalletController;
import io.walletsync.server.http.wallet.WalletProblems;
import io.walletsync.server.http.wire.DurationText;
import io.walletsync.server.http.wire.QueryFields;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The routes of how long the money in a wallet lasts, and of what is planned to leave it. */
@RestController
@RequestMapping("/api/v1/wallets/{wallet_id}")
public final class RunwayController {
  private static final Duration TRUSTED_AGE = Duration.ofHours(1);
  private static final Duration USUAL_LEAST = Duration.ofDays(1);

  private final ForecastRunway forecastRunway;
  private final PlanOutflows planOutflows;
  private final OutflowPlans plans;
  private final Wallets wallets;
  private final ProblemWriter problems;

  public RunwayController(
      ForecastRunway forecastRunway,
      PlanOutflows planOutflows,
      OutflowPlans plans,
      Wallets wallets,
      ProblemWriter problems) {
    this.forecastRunway = forecastRunway;
    this.planOutflows = planOutflows;
    this.plans = plans;
    this.wallets = wallets;
    this.problems = problems;
  }

  @PutMapping(path = "/planned-outflows", consumes = "application/json")
  @RequiresScope(Scope.PAYOUTS_WRITE)
  ResponseEntity<Object> plan(
      HttpServletRequest request,
      @PathVariable("wallet_id") String id,
      @RequestBody(required = false) byte @Nullable [] body) {
    QueryFields.none(request);
    var wallet = WalletController.id(id);
    var said = PlannedOutflowRows.of(body == null ? new byte[0] : body);
    var command =
        new PlanOutflows.Command(
            Callers.of(request).actor(),
            Callers.visibility(request),
            wallet,
            said.minimum(),
            said.rows());
    return switch (planOutflows.plan(command)) {
      case PlanOutflows.Outcome.Planned(var plan) -> ResponseEntity.ok(OutflowPlanJson.of(plan));
      case PlanOutflows.Outcome.WalletClosed() -> problems.entity(request, WalletProblems.closed());
      case PlanOutflows.Outcome.UnknownWallet() ->
          problems.entity(request, WalletProblems.notFound());
    };
  }

  @GetMapping("/planned-outflows")
  @RequiresScope(Scope.WALLETS_READ)
  ResponseEntity<Object> planned(HttpServletRequest request, @PathVariable("wallet_id") String id) {
    var wallet = WalletController.id(id);
    QueryFields.none(request);
    var found = wallets.find(wallet, Callers.visibility(request)).orElse(null);
    if (found == null) {
      return problems.entity(request, WalletProblems.notFound());
    }
    var plan = plans.find(Set.of(wallet)).get(wallet);
    return ResponseEntity.ok(plan == null ? OutflowPlanJson.none(found) : OutflowPlanJson.of(plan));
  }

  @GetMapping("/runway")
  @RequiresScope(Scope.WALLETS_READ)
  ResponseEntity<Object> forecast(
      HttpServletRequest request, @PathVariable("wallet_id") String id) {
    var wallet = WalletController.id(id);
    var fields = QueryFields.of(request);
    var wanted = RunwayFields.read(fields);
    var horizon = fields.optional("horizon", RunwayFields::horizon);
    fields.done();
    var query =
        wanted.query(
            wallet,
            Callers.visibility(request),
            horizon == null ? ForecastRunway.USUAL_HORIZON : horizon);
    return switch (forecastRunway.forecast(query).get(wallet)) {
      case Outcome.Forecast(var runway) ->
          ResponseEntity.ok()
              .cacheControl(CacheControl.noStore())
              .body(RunwayJson.of(runway, wanted.zone()));
      case Outcome.InsufficientHistory found ->
          problems.entity(request, RunwayProblems.insufficientHistory(found));
      case Outcome.NoBalanceYet() -> problems.entity(request, RunwayProblems.noBalanceYet());
      case Outcome.WalletClosed() -> problems.entity(request, WalletProblems.closed());
      case null -> problems.entity(request, WalletProblems.notFound());
    };
  }

  /** For a pager: anything but 200 is a reason to look. */
  @GetMapping("/runway/health")
  @RequiresScope(Scope.WALLETS_READ)
  ResponseEntity<Object> health(HttpServletRequest request, @PathVariable("wallet_id") String id) {
    var wallet = WalletController.id(id);
    var fields = QueryFields.of(request);
    var wanted = RunwayFields.read(fields);
    var asked = fields.optional("at_least", RunwayFields::horizon);
    var by = fields.optional("by", RunwayController::scenario);
    var maxAge = fields.optional("max_age", DurationText::parse);
    fields.done();
    var atLeast = asked == null ? USUAL_LEAST : asked;
    var outcome =
        forecastRunway
            .forecast(wanted.query(wallet, Callers.visibility(request), atLeast))
            .get(wallet);
    return switch (outcome) {
      case Outcome.Forecast(var runway) ->
          health(
              request,
              runway,
              RunwayJson.of(runway, wanted.zone()),
              atLeast,
              (by == null ? (Function<Runway, Runway.Scenario>) Runway::earliest : by)
                  .apply(runway),
              maxAge == null ? TRUSTED_AGE : maxAge);
      case Outcome.InsufficientHistory _ -> unknown(request, atLeast, "insufficient_history", null);
      case Outcome.NoBalanceYet() -> unknown(request, atLeast, "no_balance", null);
      case Outcome.WalletClosed() -> problems.entity(request, WalletProblems.closed());
      case null -> problems.entity(request, WalletProblems.notFound());
    };
  }

  private ResponseEntity<Object> health(
      HttpServletRequest request,
      Runway runway,
      RunwayJson json,
      Duration atLeast,
      Runway.Scenario scenario,
      Duration maxAge) {
    if (runway.doubt().isPresent()) {
      return unknown(request, atLeast, "in_doubt", json);
    }
    if (runway.age().compareTo(maxAge) > 0) {
      return unknown(request, atLeast, "stale", json);
    }
    return runway.lastsAtLeast(atLeast, scenario)
        ? ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(json)
        : problems.entity(request, RunwayProblems.tooShort(atLeast.toString(), json));
  }

  private ResponseEntity<Object> unknown(
      HttpServletRequest request, Duration atLeast, String reason, @Nullable RunwayJson runway) {
    return problems.entity(request, RunwayProblems.unknown(atLeast.toString(), reason, runway));
  }

  private static Function<Runway, Runway.Scenario> scenario(String text) {
    return switch (text) {
      case "earliest" -> Runway::earliest;
      case "expected" -> Runway::expected;
      case "latest" -> Runway::latest;
      default -> throw new InvalidValue("must be earliest, expected or latest");
    };
  }
}
