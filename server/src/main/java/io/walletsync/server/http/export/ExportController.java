package io.walletsync.server.http.export;

import io.walletsync.core.access.Scope;
import io.walletsync.core.analytics.AnalyzeBalance;
import io.walletsync.core.export.DrawStatement;
import io.walletsync.core.export.ExportMovements;
import io.walletsync.core.export.ExportOutcome;
import io.walletsync.core.export.ExportSnapshots;
import io.walletsync.core.export.ExportedWallets;
import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.movement.Movements;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.server.http.access.Callers;
import io.walletsync.server.http.access.RequiresScope;
import io.walletsync.server.http.balance.AnalyticsFields;
import io.walletsync.server.http.problem.InvalidRequest;
import io.walletsync.server.http.problem.ProblemWriter;
import io.walletsync.server.http.wallet.WalletController;
import io.walletsync.server.http.wallet.WalletProblems;
import io.walletsync.server.http.wire.InstantText;
import io.walletsync.server.http.wire.PeriodFields;
import io.walletsync.server.http.wire.QueryFields;
import io.walletsync.server.http.wire.UuidText;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Supplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The routes that send rows to take away, however many there are. */
@RestController
public final class ExportController {

  private final ExportSnapshots exportSnapshots;
  private final ExportMovements exportMovements;
  private final DrawStatement drawStatement;
  private final AnalyzeBalance analyzeBalance;
  private final ProblemWriter problems;
  private final JsonMapper json;

  public ExportController(
      ExportSnapshots exportSnapshots,
      ExportMovements exportMovements,
      DrawStatement drawStatement,
      AnalyzeBalance analyzeBalance,
      ProblemWriter problems,
      JsonMapper json) {
    this.exportSnapshots = exportSnapshots;
    this.exportMovements = exportMovements;
    this.drawStatement = drawStatement;
    this.analyzeBalance = analyzeBalance;
    this.problems = problems;
    this.json = json;
  }

  @GetMapping("/api/v1/exports/snapshots")
  @RequiresScope(Scope.WALLETS_READ)
  void snapshots(HttpServletRequest request, HttpServletResponse response) throws IOException {
    var fields = QueryFields.of(request);
    var format = ExportFormat.read(fields);
    var period = PeriodFields.read(fields);
    var wallets = wallets(request, fields);
    var after = fields.optional("after", ExportController::after);
    fields.done();
    var query = new ExportSnapshots.Query(wallets, period.open(), after);
    var rows = new ExportStream(response, format, "snapshots", ExportRows.SNAPSHOT, json);
    send(
        request,
        response,
        rows,
        () -> exportSnapshots.export(query, snapshot -> rows.row(ExportRows.cells(snapshot))));
  }

  @GetMapping("/api/v1/exports/movements")
  @RequiresScope(Scope.WALLETS_READ)
  void movements(HttpServletRequest request, HttpServletResponse response) throws IOException {
    var fields = QueryFields.of(request);
    var format = ExportFormat.read(fields);
    var period = PeriodFields.read(fields);
    var wallets = wallets(request, fields);
    var after = fields.optional("after", ExportController::afterMovement);
    fields.done();
    var query = new ExportMovements.Query(wallets, period.open(), after);
    var rows = new ExportStream(response, format, "movements", ExportRows.MOVEMENT, json);
    send(
        request,
        response,
        rows,
        () -> exportMovements.export(query, (_, movement) -> rows.row(ExportRows.cells(movement))));
  }

  private void send(
      HttpServletRequest request,
      HttpServletResponse response,
      ExportStream rows,
      Supplier<ExportOutcome> export)
      throws IOException {
    switch (rows.send(export)) {
      case ExportOutcome.Exported() -> rows.send(rows::begun);
      case ExportOutcome.ForeignRow() ->
          throw new InvalidRequest("after", "must be a row of the export that goes on");
      case ExportOutcome.UnknownWallet() ->
          problems.write(request, response, WalletProblems.notFound());
    }
  }

  private static ExportedWallets wallets(HttpServletRequest request, QueryFields fields) {
    var wallet = fields.optionalUuid("wallet_id");
    var connection = fields.optionalUuid("connection_id");
    return new ExportedWallets(
        Callers.visibility(request),
        wallet == null ? null : new WalletId(wallet),
        connection == null ? null : new ConnectionId(connection),
        fields.optional("provider", ProviderId::new),
        fields.optional("currency", CurrencyCode::new));
  }

  /** The wallet, the time and the key of the last row, as they stand in it. */
  private static ExportMovements.After afterMovement(String text) {
    var parts = text.split(",", 3);
    if (parts.length < 3) {
      throw new InvalidValue(
          "must be wallet_id, occurred_at and movement_key of the last row, with commas");
    }
    return new ExportMovements.After(
        new WalletId(UuidText.parse(parts[0])),
        new Movements.Place(InstantText.parse(parts[1]), parts[2]));
  }

  /** The wallet and the time of the last row, as they stand in it. */
  private static ExportSnapshots.After after(String text) {
    var comma = text.indexOf(',');
    if (comma < 0) {
      throw new InvalidValue("must be wallet_id and as_of of the last row, with a comma");
    }
    return new ExportSnapshots.After(
        new WalletId(UuidText.parse(text.substring(0, comma))),
        InstantText.parse(text.substring(comma + 1)));
  }

  @GetMapping("/api/v1/wallets/{wallet_id}/statement")
  @RequiresScope(Scope.WALLETS_READ)
  void statement(
      HttpServletRequest request,
      HttpServletResponse response,
      @PathVariable("wallet_id") String id)
      throws IOException {
    var wallet = WalletController.id(id);
    var fields = QueryFields.of(request);
    var format = ExportFormat.read(fields);
    var period = PeriodFields.read(fields);
    fields.done();
    period.check();
    var query =
        new DrawStatement.Query(wallet, Callers.visibility(request), period.from(), period.to());
    var rows = new ExportStream(response, format, "statement", ExportRows.STATEMENT, json);
    var outcome =
        rows.send(
            () ->
                drawStatement.draw(
                    query, (drawn, line) -> rows.row(ExportRows.cells(drawn, line))));
    switch (outcome) {
      case DrawStatement.Outcome.Drawn() -> {}
      case DrawStatement.Outcome.NotPassed() ->
          throw new InvalidRequest(period.to() == null ? "from" : "to", "must lie in the past");
      case DrawStatement.Outcome.UnknownWallet() ->
          problems.write(request, response, WalletProblems.notFound());
    }
  }

  @GetMapping("/api/v1/wallets/{wallet_id}/analytics/export")
  @RequiresScope(Scope.WALLETS_READ)
  void analytics(
      HttpServletRequest request,
      HttpServletResponse response,
      @PathVariable("wallet_id") String id)
      throws IOException {
    var wallet = WalletController.id(id);
    var fields = QueryFields.of(request);
    var format = ExportFormat.read(fields);
    var wanted = AnalyticsFields.read(fields);
    fields.done();
    var rows = new ExportStream(response, format, "analytics", ExportRows.BUCKET, json);
    switch (analyzeBalance.analyze(wanted.query(wallet, Callers.visibility(request)))) {
      case AnalyzeBalance.Outcome.Analyzed found ->
          rows.send(
              () -> {
                found
                    .buckets()
                    .forEach(bucket -> rows.row(ExportRows.cells(found.wallet(), bucket)));
                return rows;
              });
      case AnalyzeBalance.Outcome.TooLong() -> throw AnalyticsFields.tooLong();
      case AnalyzeBalance.Outcome.NotBegun() -> throw AnalyticsFields.notBegun();
      case AnalyzeBalance.Outcome.UnknownWallet() ->
          problems.write(request, response, WalletProblems.notFound());
    }
  }
}
