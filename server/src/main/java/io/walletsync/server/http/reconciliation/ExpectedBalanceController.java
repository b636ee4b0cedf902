package io.walletsync.server.http.reconciliation;

import io.walletsync.core.access.Scope;
import io.walletsync.core.reconciliation.ExpectBalances;
import io.walletsync.core.reconciliation.ExpectBalances.Outcome;
import io.walletsync.core.reconciliation.ExpectBalances.Row;
import io.walletsync.server.http.access.Callers;
import io.walletsync.server.http.access.RequiresScope;
import io.walletsync.server.http.problem.ProblemWriter;
import io.walletsync.server.http.wallet.WalletController;
import io.walletsync.server.http.wire.QueryFields;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The routes by which the user's books say what wallets hold. */
@RestController
public final class ExpectedBalanceController {
  private static final String MANY = "/api/v1/expected-balances";

  private final ExpectBalances expectBalances;
  private final ProblemWriter problems;

  public ExpectedBalanceController(ExpectBalances expectBalances, ProblemWriter problems) {
    this.expectBalances = expectBalances;
    this.problems = problems;
  }

  @PutMapping(path = "/api/v1/wallets/{wallet_id}/expected-balance", consumes = "application/json")
  @RequiresScope(Scope.WALLETS_WRITE)
  ResponseEntity<Object> expect(
      HttpServletRequest request,
      @PathVariable("wallet_id") String id,
      @RequestBody(required = false) byte @Nullable [] body) {
    QueryFields.none(request);
    var rows = ExpectedBalanceRows.of(WalletController.id(id), body);
    return switch (expect(request, rows)) {
      case Outcome.Recorded(var recorded) ->
          ResponseEntity.ok(ReconciliationJson.of(recorded.getFirst()));
      case Outcome.Refused(var refusals) ->
          problems.entity(request, ReconciliationProblems.refused(refusals.getFirst()));
    };
  }

  @PostMapping(path = MANY, consumes = "application/json")
  @RequiresScope(Scope.WALLETS_WRITE)
  ResponseEntity<Object> expectMany(
      HttpServletRequest request, @RequestBody(required = false) byte @Nullable [] body) {
    QueryFields.none(request);
    return switch (expect(request, ExpectedBalanceRows.many(body))) {
      case Outcome.Recorded(var recorded) ->
          ResponseEntity.ok(Map.of("data", recorded.stream().map(ReconciliationJson::of).toList()));
      case Outcome.Refused(var refusals) ->
          problems.entity(request, ReconciliationProblems.refused(refusals));
    };
  }

  private Outcome expect(HttpServletRequest request, List<Row> rows) {
    return expectBalances.expect(
        new ExpectBalances.Command(Callers.of(request).actor(), Callers.visibility(request), rows));
  }
}
