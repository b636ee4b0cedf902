package io.walletsync.server.http.reconciliation;

import io.walletsync.core.access.Scope;
import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.reconciliation.Reconciliation;
import io.walletsync.core.reconciliation.Reconciliations;
import io.walletsync.core.reconciliation.SettleReconciliation;
import io.walletsync.core.reconciliation.SettleReconciliation.Decision;
import io.walletsync.core.reconciliation.SettleReconciliation.Outcome;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.server.http.access.Callers;
import io.walletsync.server.http.access.RequiresScope;
import io.walletsync.server.http.problem.InvalidRequest;
import io.walletsync.server.http.problem.ProblemWriter;
import io.walletsync.server.http.wire.DecimalText;
import io.walletsync.server.http.wire.JsonFields;
import io.walletsync.server.http.wire.MomentText;
import io.walletsync.server.http.wire.NoteText;
import io.walletsync.server.http.wire.PageJson;
import io.walletsync.server.http.wire.QueryFields;
import io.walletsync.server.http.wire.UuidText;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Arrays;
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

/** The routes of what the books said, how it compares, and how differences end. */
@RestController
@RequestMapping(ReconciliationController.PATH)
public final class ReconciliationController {
  static final String PATH = "/api/v1/reconciliations";
  private static final String LISTING = "reconciliations";
  private static final Duration LONGEST_PERIOD = Duration.ofDays(31);

  private final Reconciliations reconciliations;
  private final SettleReconciliation settleReconciliation;
  private final ProblemWriter problems;

  public ReconciliationController(
      Reconciliations reconciliations,
      SettleReconciliation settleReconciliation,
      ProblemWriter problems) {
    this.reconciliations = reconciliations;
    this.settleReconciliation = settleReconciliation;
    this.problems = problems;
  }

  @GetMapping
  @RequiresScope(Scope.WALLETS_READ)
  PageJson<ReconciliationJson> list(HttpServletRequest request) {
    var fields = QueryFields.of(request);
    var wallet = fields.optionalUuid("wallet_id");
    var connection = fields.optionalUuid("connection_id");
    var state = fields.optional("state", ReconciliationController::state);
    var minDrift = fields.optional("min_drift", DecimalText::parseUnsigned);
    var from = fields.optional("from", MomentText::parse);
    var to = fields.optional("to", MomentText::parse);
    var listing =
        "%s %s %s %s %s %s %s"
            .formatted(
                LISTING,
                wallet,
                connection,
                state,
                minDrift == null ? null : minDrift.stripTrailingZeros().toPlainString(),
                from,
                to);
    var query =
        new Reconciliations.Query(
            Callers.visibility(request),
            wallet == null ? null : new WalletId(wallet),
            connection == null ? null : new ConnectionId(connection),
            state,
            minDrift,
            from,
            to,
            fields.cursor(listing),
            fields.limit());
    fields.done();
    if (from != null && to != null && !from.isBefore(to)) {
      throw new InvalidRequest("to", "must be later than from");
    }
    requireNarrowed(query);
    return PageJson.of(
        reconciliations.page(query),
        ReconciliationJson::of,
        listing,
        reconciliation -> reconciliation.id().toString());
  }

  /** Drifts have no order of their own: without a limit all that was ever said would be read. */
  private static void requireNarrowed(Reconciliations.Query query) {
    var isShort =
        query.from() != null
            && query.to() != null
            && Duration.between(query.from(), query.to()).compareTo(LONGEST_PERIOD) <= 0;
    if (query.minDrift() != null
        && query.wallet() == null
        && query.state() != Reconciliation.State.OPEN
        && query.state() != Reconciliation.State.ACCEPTED
        && !isShort) {
      throw new InvalidRequest(
          "min_drift",
          "needs state=open or state=accepted, a wallet_id, or from and to at most 31 days apart");
    }
  }

  @GetMapping("/{reconciliation_id}")
  @RequiresScope(Scope.WALLETS_READ)
  ResponseEntity<Object> read(
      HttpServletRequest request, @PathVariable("reconciliation_id") String id) {
    QueryFields.none(request);
    return reconciliations
        .find(id(id), Callers.visibility(request))
        .map(found -> ResponseEntity.ok((Object) ReconciliationJson.of(found)))
        .orElseGet(() -> problems.entity(request, ReconciliationProblems.notFound()));
  }

  @GetMapping("/{reconciliation_id}/comparisons")
  @RequiresScope(Scope.WALLETS_READ)
  ResponseEntity<Object> comparisons(
      HttpServletRequest request, @PathVariable("reconciliation_id") String id) {
    QueryFields.none(request);
    return reconciliations
        .find(id(id), Callers.visibility(request))
        .map(reconciliations::comparisons)
        .map(
            found ->
                ResponseEntity.ok(
                    (Object)
                        new PageJson<>(
                            found.stream().map(ComparisonJson::of).toList(), false, null)))
        .orElseGet(() -> problems.entity(request, ReconciliationProblems.notFound()));
  }

  @PostMapping(path = "/{reconciliation_id}/accept", consumes = "application/json")
  @RequiresScope(Scope.WALLETS_WRITE)
  ResponseEntity<Object> accept(
      HttpServletRequest request,
      @PathVariable("reconciliation_id") String id,
      @RequestBody(required = false) byte @Nullable [] body) {
    return settle(request, id, Decision.ACCEPT, body);
  }

  @PostMapping(path = "/{reconciliation_id}/resolve", consumes = "application/json")
  @RequiresScope(Scope.WALLETS_WRITE)
  ResponseEntity<Object> resolve(
      HttpServletRequest request,
      @PathVariable("reconciliation_id") String id,
      @RequestBody(required = false) byte @Nullable [] body) {
    return settle(request, id, Decision.RESOLVE, body);
  }

  private ResponseEntity<Object> settle(
      HttpServletRequest request, String id, Decision decision, byte @Nullable [] body) {
    QueryFields.none(request);
    var reconciliation = id(id);
    var fields = JsonFields.of(body);
    var note = fields.requiredText("note", NoteText::parse);
    fields.done();
    var command =
        new SettleReconciliation.Command(
            Callers.of(request).actor(),
            Callers.visibility(request),
            reconciliation,
            decision,
            note.get());
    return switch (settleReconciliation.settle(command)) {
      case Outcome.Settled(var now) -> ResponseEntity.ok(ReconciliationJson.of(now));
      case Outcome.SettledOtherwise(var now) ->
          problems.entity(request, ReconciliationProblems.settledAlready(now.state().code()));
      case Outcome.NoDifference(var now) ->
          problems.entity(request, ReconciliationProblems.noDifference(now.state().code()));
      case Outcome.Unknown() -> problems.entity(request, ReconciliationProblems.notFound());
    };
  }

  private static UUID id(String text) {
    return UuidText.parse("reconciliation_id", text);
  }

  private static Reconciliation.State state(String text) {
    return Arrays.stream(Reconciliation.State.values())
        .filter(state -> state.code().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidValue(
                    "must be one of "
                        + Arrays.stream(Reconciliation.State.values())
                            .map(Reconciliation.State::code)
                            .collect(Collectors.joining(", "))));
  }
}
