package io.walletsync.server.http.movement;

import io.walletsync.core.access.Scope;
import io.walletsync.core.movement.FetchMovements;
import io.walletsync.core.movement.ReadMovementCoverage;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.server.http.access.Callers;
import io.walletsync.server.http.access.RequiresScope;
import io.walletsync.server.http.problem.InvalidRequest;
import io.walletsync.server.http.problem.ProblemWriter;
import io.walletsync.server.http.sync.SyncProblems;
import io.walletsync.server.http.wallet.WalletProblems;
import io.walletsync.server.http.wire.Cursor;
import io.walletsync.server.http.wire.InstantText;
import io.walletsync.server.http.wire.JsonFields;
import io.walletsync.server.http.wire.QueryFields;
import io.walletsync.server.http.wire.UuidText;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The routes of the import of a wallet's movements: how complete it is, and to go on with it. */
@RestController
@RequestMapping("/api/v1/wallets/{wallet_id}")
public final class MovementImportController {
  private static final String HOLES = "movement-holes";

  private final FetchMovements fetchMovements;
  private final ReadMovementCoverage readMovementCoverage;
  private final ProblemWriter problems;

  public MovementImportController(
      FetchMovements fetchMovements,
      ReadMovementCoverage readMovementCoverage,
      ProblemWriter problems) {
    this.fetchMovements = fetchMovements;
    this.readMovementCoverage = readMovementCoverage;
    this.problems = problems;
  }

  @GetMapping("/movement-coverage")
  @RequiresScope(Scope.WALLETS_READ)
  ResponseEntity<Object> coverage(
      HttpServletRequest request, @PathVariable("wallet_id") String id) {
    var wallet = new WalletId(UuidText.parse("wallet_id", id));
    var fields = QueryFields.of(request);
    var listing = HOLES + " " + wallet;
    var before =
        fields.optional("cursor", text -> MovementController.place(Cursor.decode(listing, text)));
    var limit = fields.limit();
    fields.done();
    var query = new ReadMovementCoverage.Query(Callers.visibility(request), wallet, before, limit);
    return switch (readMovementCoverage.read(query)) {
      case ReadMovementCoverage.Outcome.Found found ->
          ResponseEntity.ok(MovementCoverageJson.of(wallet, found, listing));
      case ReadMovementCoverage.Outcome.UnknownWallet() ->
          problems.entity(request, WalletProblems.notFound());
    };
  }

  @PostMapping(path = "/import-movements", consumes = "application/json")
  @RequiresScope(Scope.BALANCES_SYNC)
  ResponseEntity<Object> importMovements(
      HttpServletRequest request,
      @PathVariable("wallet_id") String id,
      @RequestBody(required = false) byte @Nullable [] body) {
    QueryFields.none(request);
    var wallet = new WalletId(UuidText.parse("wallet_id", id));
    var fields = JsonFields.of(body);
    var from = fields.optionalText("from", InstantText::parse);
    fields.done();
    var command =
        new FetchMovements.Command(
            Callers.of(request).actor(), Callers.visibility(request), wallet, from.orNull());
    return switch (fetchMovements.fetch(command)) {
      case FetchMovements.Outcome.Fetched(var imported, var more) ->
          ResponseEntity.ok(new MovementImportJson(wallet.value(), imported, more));
      case FetchMovements.Outcome.Failed(var failure, _) ->
          problems.entity(request, SyncProblems.providerFailed(failure));
      case FetchMovements.Outcome.NotOffered(var detail) ->
          problems.entity(request, MovementProblems.notOffered(detail));
      case FetchMovements.Outcome.UnderWay() ->
          problems.entity(request, MovementProblems.underWay());
      case FetchMovements.Outcome.OutOfReach(var reach) ->
          throw new InvalidRequest(
              "from",
              "must lie within the last " + reach.toDays() + " days, and not in the future");
      case FetchMovements.Outcome.WalletClosed() ->
          problems.entity(request, WalletProblems.closed());
      case FetchMovements.Outcome.UnknownWallet() ->
          problems.entity(request, WalletProblems.notFound());
    };
  }
}
