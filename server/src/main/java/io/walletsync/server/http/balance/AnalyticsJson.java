package io.walletsync.server.http.balance;

import io.walletsync.core.analytics.AnalyzeBalance;
import io.walletsync.core.analytics.BucketSize;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A balance over a period as the API shows it.
 *
 * @param summary the period as a whole
 * @param data its buckets, oldest first
 */
@JsonNaming(SnakeCaseStrategy.class)
record AnalyticsJson(
    UUID walletId,
    String currency,
    String bucket,
    String tz,
    BucketJson summary,
    List<BucketJson> data) {

  static AnalyticsJson of(AnalyzeBalance.Outcome.Analyzed found, BucketSize size, ZoneId zone) {
    var currency = found.wallet().currency();
    return new AnalyticsJson(
        found.wallet().id().value(),
        currency.value(),
        size.name().toLowerCase(Locale.ROOT),
        zone.getId(),
        BucketJson.of(found.whole(), currency),
        found.buckets().stream().map(bucket -> BucketJson.of(bucket, currency)).toList());
  }
}
