package io.walletsync.server.http;

import io.walletsync.core.access.Scope;
import io.walletsync.core.analytics.AnalyzeBalance;
import io.walletsync.core.analytics.Bucket;
import io.walletsync.core.balance.WalletBalanceSnapshot;
import io.walletsync.core.export.DrawStatement;
import io.walletsync.core.export.DrawStatement.Line;
import io.walletsync.core.export.ExportSnapshots;
import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The routes that send rows to take away, however many there are. */
@RestController
final class ExportController {
  private static final List<String> SNAPSHOT =
      List.of(
          "wallet_id",
          "sequence",
          "snapshot_id",
          "provider",
          "currency",
          "balance",
          "ledger_balance",
          "locked_balance",
          "external_balance_id",
          "as_of",
          "provider_time",
          "observed_at",
          "recorded_at",
          "source");
  private static final List<String> BUCKET =
      List.of(
          "wallet_id",
          "currency",
          "from",
          "to",
          "carried",
          "known_from",
          "opening",
          "highest",
          "lowest",
          "closing",
          "change",
          "changes",
          "average",
          "largest_change");
  private static final List<String> STATEMENT =
      List.of("line", "wallet_id", "currency", "time", "sequence", "change", "balance");

  private final ExportSnapshots exportSnapshots;
  private final DrawStatement drawStatement;
  private final AnalyzeBalance analyzeBalance;
  private final ProblemWriter problems;
  private final JsonMapper json;

  ExportController(
      ExportSnapshots exportSnapshots,
      DrawStatement drawStatement,
      AnalyzeBalance analyzeBalance,
      ProblemWriter problems,
      JsonMapper json) {
    this.exportSnapshots = exportSnapshots;
    this.drawStatement = drawStatement;
    this.analyzeBalance = analyzeBalance;
    this.problems = problems;
    this.json = json;
  }

  @GetMapping("/api/v1/exports/snapshots")
  @RequiresScope(Scope.WALLETS_READ)
  void snapshots(HttpServletRequest request, HttpServletResponse response) {
    var fields = QueryFields.of(request);
    var format = ExportFormat.read(fields);
    var period = PeriodFields.read(fields);
    var wallet = fields.optionalUuid("wallet_id");
    var connection = fields.optionalUuid("connection_id");
    var query =
        new ExportSnapshots.Query(
            Callers.visibility(request),
            period.fromOrBeginning(),
            period.toOrEnd(),
            wallet == null ? null : new WalletId(wallet),
            connection == null ? null : new ConnectionId(connection),
            fields.optional("provider", ProviderId::new),
            fields.optional("currency", CurrencyCode::new),
            fields.optional("after", ExportController::after));
    fields.done();
    period.check();
    var rows = new ExportStream(response, format, "snapshots", SNAPSHOT, json);
    rows.send(
        () -> {
          exportSnapshots.export(query, snapshot -> rows.row(cells(snapshot)));
          rows.begin();
          return rows;
        });
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

  private static List<@Nullable Object> cells(WalletBalanceSnapshot snapshot) {
    var balance = snapshot.balance();
    var externalId = snapshot.externalId();
    return Arrays.asList(
        snapshot.walletId().value(),
        snapshot.sequence(),
        snapshot.snapshotId(),
        snapshot.provider().value(),
        balance.currency().value(),
        Amount.of(balance.available()),
        Amount.of(balance.ledger()),
        Amount.of(balance.locked()),
        externalId == null ? null : externalId.value(),
        snapshot.asOf(),
        snapshot.providerTime(),
        snapshot.observedAt(),
        snapshot.createdAt(),
        snapshot.source().name().toLowerCase(Locale.ROOT));
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
    var rows = new ExportStream(response, format, "statement", STATEMENT, json);
    var outcome =
        rows.send(() -> drawStatement.draw(query, (drawn, line) -> rows.row(cells(drawn, line))));
    switch (outcome) {
      case DrawStatement.Outcome.Drawn() -> {}
      case DrawStatement.Outcome.NotPassed() ->
          throw new InvalidRequest(period.to() == null ? "from" : "to", "must lie in the past");
      case DrawStatement.Outcome.UnknownWallet() ->
          problems.write(request, response, WalletProblems.notFound());
    }
  }

  private static List<@Nullable Object> cells(Wallet wallet, Line line) {
    return switch (line) {
      case Line.Opening(var time, var balance) ->
          cells("opening", wallet, time, null, null, balance);
      case Line.Change(var time, var sequence, var change, var balance) ->
          cells("change", wallet, time, sequence, change, balance);
      case Line.Closing(var time, var change, var balance) ->
          cells("closing", wallet, time, null, change, balance);
    };
  }

  private static List<@Nullable Object> cells(
      String line,
      Wallet wallet,
      Instant time,
      @Nullable Long sequence,
      @Nullable BigDecimal change,
      @Nullable BigDecimal balance) {
    var currency = wallet.currency();
    return Arrays.asList(
        line,
        wallet.id().value(),
        currency.value(),
        time,
        sequence,
        Amount.of(change, currency),
        Amount.of(balance, currency));
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
    var rows = new ExportStream(response, format, "analytics", BUCKET, json);
    switch (analyzeBalance.analyze(wanted.query(wallet, Callers.visibility(request)))) {
      case AnalyzeBalance.Outcome.Analyzed found ->
          rows.send(
              () -> {
                found.buckets().forEach(bucket -> rows.row(cells(found.wallet(), bucket)));
                return rows;
              });
      case AnalyzeBalance.Outcome.TooLong() -> throw AnalyticsFields.tooLong();
      case AnalyzeBalance.Outcome.NotBegun() -> throw AnalyticsFields.notBegun();
      case AnalyzeBalance.Outcome.UnknownWallet() ->
          problems.write(request, response, WalletProblems.notFound());
    }
  }

  private static List<@Nullable Object> cells(Wallet wallet, Bucket bucket) {
    var currency = wallet.currency();
    var json = BucketJson.of(bucket, currency);
    return Arrays.asList(
        wallet.id().value(),
        currency.value(),
        json.from(),
        json.to(),
        json.carried(),
        json.knownFrom(),
        amount(json.opening()),
        amount(json.highest()),
        amount(json.lowest()),
        amount(json.closing()),
        amount(json.change()),
        json.changes(),
        amount(json.average()),
        amount(json.largestChange()));
  }

  private static @Nullable Amount amount(@Nullable String text) {
    return text == null ? null : new Amount(text);
  }
}
