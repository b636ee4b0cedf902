package io.walletsync.server.http.balance;

import io.walletsync.core.analytics.AnalyzeBalance;
import io.walletsync.core.analytics.BucketSize;
import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.server.http.problem.InvalidRequest;
import io.walletsync.server.http.wire.PeriodFields;
import io.walletsync.server.http.wire.QueryFields;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** The parameters of analytics: by the day in UTC unless they say otherwise. */
public record AnalyticsFields(PeriodFields period, BucketSize bucket, ZoneId zone) {
  public static AnalyticsFields read(QueryFields fields) {
    return new AnalyticsFields(
        PeriodFields.read(fields),
        orElse(fields.optional("bucket", AnalyticsFields::bucket), BucketSize.DAY),
        orElse(fields.optional("tz", AnalyticsFields::zone), ZoneOffset.UTC));
  }

  /** The question about a wallet, or {@link InvalidRequest} if the period is none. */
  public AnalyzeBalance.Query query(WalletId wallet, Visibility visibility) {
    period.check();
    return new AnalyzeBalance.Query(wallet, visibility, period.from(), period.to(), bucket, zone);
  }

  public static InvalidRequest tooLong() {
    return new InvalidRequest(
        "to",
        "must lie at most %d days and %d buckets after from"
            .formatted(AnalyzeBalance.LONGEST.toDays(), AnalyzeBalance.MOST_BUCKETS));
  }

  public static InvalidRequest notBegun() {
    return new InvalidRequest("from", "must lie in the past");
  }

  private static <T> T orElse(@Nullable T given, T usual) {
    return given == null ? usual : given;
  }

  private static BucketSize bucket(String text) {
    return switch (text) {
      case "hour" -> BucketSize.HOUR;
      case "day" -> BucketSize.DAY;
      case "week" -> BucketSize.WEEK;
      case "month" -> BucketSize.MONTH;
      default -> throw new InvalidValue("must be hour, day, week or month");
    };
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException _) {
      throw new InvalidValue("must be a time zone such as Africa/Lagos");
    }
  }
}
