package io.walletsync.server.http;

import io.walletsync.core.access.Scope;
import io.walletsync.core.analytics.AnalyzeBalance;
import io.walletsync.core.analytics.BucketSize;
import io.walletsync.core.analytics.CountChanges;
import io.walletsync.core.analytics.CountChanges.By;
import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.kernel.Page;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.WalletId;
import jakarta.servlet.http.HttpServletRequest;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The routes of how balances moved. */
@RestController
final class AnalyticsController {
  private final AnalyzeBalance analyzeBalance;
  private final CountChanges countChanges;
  private final ProblemWriter problems;

  AnalyticsController(
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
    var period = PeriodFields.read(fields);
    var bucket = orElse(fields.optional("bucket", AnalyticsController::bucket), BucketSize.DAY);
    var zone = orElse(fields.optional("tz", AnalyticsController::zone), ZoneOffset.UTC);
    fields.done();
    period.check();
    var query =
        new AnalyzeBalance.Query(
            wallet, Callers.visibility(request), period.from(), period.to(), bucket, zone);
    return switch (analyzeBalance.analyze(query)) {
      case AnalyzeBalance.Outcome.Analyzed found ->
          ResponseEntity.ok(AnalyticsJson.of(found, bucket, zone));
      case AnalyzeBalance.Outcome.TooLong() ->
          throw new InvalidRequest(
              "to",
              "must lie at most %d days and %d buckets after from"
                  .formatted(AnalyzeBalance.LONGEST.toDays(), AnalyzeBalance.MOST_BUCKETS));
      case AnalyzeBalance.Outcome.NotBegun() ->
          throw new InvalidRequest("from", "must lie in the past");
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
    var closed = period.closed();
    var counted =
        countChanges.count(
            new CountChanges.Query(
                Callers.visibility(request),
                closed,
                by,
                connection == null ? null : new ConnectionId(connection),
                provider,
                after == null ? null : new WalletId(after),
                limit));
    return PageJson.of(
        new Page<>(counted.counts(), counted.hasMore()),
        count -> ChangesJson.of(count, closed),
        listing,
        count -> String.valueOf(count.group().wallet()));
  }

  private static <T> T orElse(@Nullable T given, T usual) {
    return given == null ? usual : given;
  }

  static BucketSize bucket(String text) {
    return switch (text) {
      case "hour" -> BucketSize.HOUR;
      case "day" -> BucketSize.DAY;
      case "week" -> BucketSize.WEEK;
      case "month" -> BucketSize.MONTH;
      default -> throw new InvalidValue("must be hour, day, week or month");
    };
  }

  static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException _) {
      throw new InvalidValue("must be a time zone such as Africa/Lagos");
    }
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
