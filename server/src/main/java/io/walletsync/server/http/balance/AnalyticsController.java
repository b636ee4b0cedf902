package io.walletsync.server.http.balance;

import io.walletsync.core.access.Scope;
import io.walletsync.core.analytics.AnalyzeBalance;
import io.walletsync.core.analytics.CountChanges;
import io.walletsync.core.analytics.CountChanges.By;
import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.kernel.Page;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.server.http.access.Callers;
import io.walletsync.server.http.access.RequiresScope;
import io.walletsync.server.http.problem.InvalidRequest;
import io.walletsync.server.http.problem.ProblemWriter;
import io.walletsync.server.http.wallet.WalletController;
import io.walletsync.server.http.wallet.WalletProblems;
import io.walletsync.server.http.wire.PageJson;
import io.walletsync.server.http.wire.PeriodFields;
import io.walletsync.server.http.wire.QueryFields;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The routes of how balances moved. */
@RestController
public final class AnalyticsController {
  private final AnalyzeBalance analyzeBalance;
  private final CountChanges countChanges;
  private final ProblemWriter problems;

  public AnalyticsController(
      AnalyzeBalance analyzeBalance, CountChanges countChanges, ProblemWriter problems) {
    this.analyzeBalance = analyzeBalance;
    this.countChanges = countChanges;
    this.problems = problems;
  }

  @GetMapping("/api/v1/wallets/{wallet_id}/analytics")
  @RequiresScope(Scope.WALLETS_READ)
  ResponseEntity<Object> analyze(HttpServletRequest request, @PathVariable("wallet_id") String id) {
    var wallet = WalletController.id(id);
    var fields = QueryFields.of(request);
    var wanted = AnalyticsFields.read(fields);
    fields.done();
    var query = wanted.query(wallet, Callers.visibility(request));
    return switch (analyzeBalance.analyze(query)) {
      case AnalyzeBalance.Outcome.Analyzed found ->
          ResponseEntity.ok(AnalyticsJson.of(found, wanted.bucket(), wanted.zone()));
      case AnalyzeBalance.Outcome.TooLong() -> throw AnalyticsFields.tooLong();
      case AnalyzeBalance.Outcome.NotBegun() -> throw AnalyticsFields.notBegun();
      case AnalyzeBalance.Outcome.UnknownWallet() ->
          problems.entity(request, WalletProblems.notFound());
    };
  }

  @GetMapping("/api/v1/analytics/changes")
  @RequiresScope(Scope.WALLETS_READ)
  PageJson<ChangesJson> changes(HttpServletRequest request) {
    var fields = QueryFields.of(request);
    var by = fields.optional("group_by", AnalyticsController::by);
    var period = PeriodFields.read(fields);
    var connection = fields.optionalUuid("connection_id");
    var provider = fields.optional("provider", ProviderId::new);
    var listing = "changes %s %s %s".formatted(period, connection, provider);
    // groups are few and come whole; of wallets there may be many
    var ofWallets = by == By.WALLET;
    var after = ofWallets ? fields.cursor(listing) : null;
    var limit = ofWallets ? fields.limit() : 0;
    fields.done();
    if (by == null) {
      throw new InvalidRequest("group_by", "is required");
    }
    var query =
        new CountChanges.Query(
            Callers.visibility(request),
            period.closed(),
            by,
            connection == null ? null : new ConnectionId(connection),
            provider,
            after == null ? null : new WalletId(after),
            limit);
    return switch (countChanges.count(query)) {
      case CountChanges.Outcome.Counted counted ->
          PageJson.of(
              new Page<>(counted.counts(), counted.hasMore()),
              count -> ChangesJson.of(count, counted.period()),
              listing,
              count -> String.valueOf(count.group().wallet()));
      case CountChanges.Outcome.TooLong() -> throw ChangesJson.tooLong();
      case CountChanges.Outcome.NotBegun() -> throw AnalyticsFields.notBegun();
    };
  }

  private static By by(String text) {
    return switch (text) {
      case "wallet" -> By.WALLET;
      case "connection" -> By.CONNECTION;
      case "provider" -> By.PROVIDER;
      default -> throw new InvalidValue("must be wallet, connection or provider");
    };
  }
}
