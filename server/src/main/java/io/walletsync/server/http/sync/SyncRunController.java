package io.walletsync.server.http.sync;

import io.walletsync.core.access.FailedAuthentications;
import io.walletsync.core.access.Scope;
import io.walletsync.core.bulk.CancelSyncRun;
import io.walletsync.core.bulk.StartSyncRun;
import io.walletsync.core.bulk.StartSyncRun.Outcome;
import io.walletsync.core.bulk.SyncRun;
import io.walletsync.core.bulk.SyncRunFilter;
import io.walletsync.core.bulk.SyncRuns;
import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.server.http.access.AccessProblems;
import io.walletsync.server.http.access.Callers;
import io.walletsync.server.http.access.RequiresScope;
import io.walletsync.server.http.problem.InvalidRequest;
import io.walletsync.server.http.problem.Problem;
import io.walletsync.server.http.problem.ProblemWriter;
import io.walletsync.server.http.wire.IdempotencyKeys;
import io.walletsync.server.http.wire.JsonFields;
import io.walletsync.server.http.wire.PageJson;
import io.walletsync.server.http.wire.QueryFields;
import io.walletsync.server.http.wire.UuidText;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The routes of runs that sync many wallets. */
@RestController
@RequestMapping(SyncRunController.PATH)
public final class SyncRunController {
  static final String PATH = "/api/v1/sync-runs";
  private static final String LISTING = "sync-runs";
  private static final String FAILURES = "sync-run-failures";

  private final SyncRuns runs;
  private final StartSyncRun startSyncRun;
  private final CancelSyncRun cancelSyncRun;
  private final FailedAuthentications failures;
  private final ProblemWriter problems;
  private final JsonMapper json;

  public SyncRunController(
      SyncRuns runs,
      StartSyncRun startSyncRun,
      CancelSyncRun cancelSyncRun,
      FailedAuthentications failures,
      ProblemWriter problems,
      JsonMapper json) {
    this.runs = runs;
    this.startSyncRun = startSyncRun;
    this.cancelSyncRun = cancelSyncRun;
    this.failures = failures;
    this.problems = problems;
    this.json = json;
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @RequiresScope(value = Scope.BALANCES_SYNC, claimsNonce = true)
  ResponseEntity<Object> start(
      HttpServletRequest request, @RequestBody(required = false) byte @Nullable [] body) {
    QueryFields.none(request);
    var key = IdempotencyKeys.only(IdempotencyKeys.inHeaders(request));
    var filter = SyncRunFilterReader.read(body);
    var caller = Callers.of(request);
    var command =
        new StartSyncRun.Command(
            caller.actor(),
            Callers.visibility(request),
            filter,
            key,
            fingerprint(filter),
            caller.nonce(),
            this::write);
    return switch (startSyncRun.start(command)) {
      case Outcome.Started(_, var text) -> answer(text).body(text);
      case Outcome.Replayed(var text) ->
          answer(text).header(IdempotencyKeys.REPLAYED, "true").body(text);
      case Outcome.InFlight(var remaining) ->
          problems.entity(request, SyncProblems.inFlight(remaining));
      case Outcome.KeyReused() -> problems.entity(request, SyncProblems.keyReused());
      case Outcome.NonceReused() -> {
        failures.nonceReused(caller);
        yield problems.entity(request, AccessProblems.nonceReused());
      }
      case Outcome.UnknownConnection() ->
          throw new InvalidRequest(
              "filter.connection_id", "must be a connection that is visible to your API key");
      case Outcome.UnknownProvider(var known) ->
          throw new InvalidRequest(
              "filter.provider",
              "must be one of "
                  + known.stream()
                      .sorted()
                      .map(ProviderId::value)
                      .collect(Collectors.joining(", ")));
    };
  }

  /** The place of the run is that of the first answer, also when it is given again. */
  private ResponseEntity.BodyBuilder answer(String text) {
    return ResponseEntity.accepted()
        .header(HttpHeaders.LOCATION, PATH + "/" + json.readTree(text).get("run_id").asString())
        .contentType(MediaType.APPLICATION_JSON)
        .cacheControl(CacheControl.noStore());
  }

  private String write(SyncRun run) {
    return json.writeValueAsString(SyncRunJson.of(run));
  }

  private String fingerprint(SyncRunFilter filter) {
    return IdempotencyKeys.fingerprint(
        "sync-runs\n" + json.writeValueAsString(SyncRunFilterReader.write(filter)));
  }

  @GetMapping
  @RequiresScope(Scope.WALLETS_READ)
  PageJson<SyncRunJson> list(HttpServletRequest request) {
    var fields = QueryFields.of(request);
    var query =
        new SyncRuns.Query(
            Callers.visibility(request),
            fields.optional("state", SyncRunController::state),
            fields.cursor(LISTING),
            fields.limit());
    fields.done();
    return PageJson.of(runs.page(query), SyncRunJson::of, LISTING, run -> run.id().toString());
  }

  @GetMapping("/{run_id}")
  @RequiresScope(Scope.WALLETS_READ)
  ResponseEntity<Object> read(HttpServletRequest request, @PathVariable("run_id") String id) {
    QueryFields.none(request);
    return runs.find(id(id), Callers.visibility(request))
        .map(run -> ResponseEntity.ok((Object) SyncRunJson.of(run)))
        .orElseGet(() -> problems.entity(request, notFound()));
  }

  @GetMapping("/{run_id}/failures")
  @RequiresScope(Scope.WALLETS_READ)
  ResponseEntity<Object> failures(HttpServletRequest request, @PathVariable("run_id") String id) {
    var fields = QueryFields.of(request);
    var after = fields.cursor(FAILURES);
    var limit = fields.limit();
    fields.done();
    var run = runs.find(id(id), Callers.visibility(request)).orElse(null);
    if (run == null) {
      return problems.entity(request, notFound());
    }
    var page = runs.failures(run.id(), after == null ? null : new WalletId(after), limit);
    return ResponseEntity.ok(
        PageJson.of(
            page, SyncRunFailureJson::of, FAILURES, failure -> failure.wallet().toString()));
  }

  @PostMapping(path = "/{run_id}/cancel", consumes = MediaType.APPLICATION_JSON_VALUE)
  @RequiresScope(Scope.BALANCES_SYNC)
  ResponseEntity<Object> cancel(
      HttpServletRequest request,
      @PathVariable("run_id") String id,
      @RequestBody(required = false) byte @Nullable [] body) {
    QueryFields.none(request);
    var run = id(id);
    JsonFields.of(body).done();
    var command =
        new CancelSyncRun.Command(Callers.of(request).actor(), Callers.visibility(request), run);
    return switch (cancelSyncRun.cancel(command)) {
      case CancelSyncRun.Outcome.Over(var now) -> ResponseEntity.ok(SyncRunJson.of(now));
      case CancelSyncRun.Outcome.Unknown() -> problems.entity(request, notFound());
    };
  }

  private static UUID id(String text) {
    return UuidText.parse("run_id", text);
  }

  private static SyncRun.State state(String text) {
    return switch (text) {
      case "running" -> SyncRun.State.RUNNING;
      case "completed" -> SyncRun.State.COMPLETED;
      case "cancelled" -> SyncRun.State.CANCELLED;
      default -> throw new InvalidValue("must be running, completed or cancelled");
    };
  }

  private static Problem notFound() {
    return Problem.of(
        404,
        "sync-run-not-found",
        "There is no such sync run",
        "No sync run with this id is visible to your API key.");
  }
}
