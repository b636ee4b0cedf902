package io.walletsync.server.http.balance;

import io.walletsync.core.analytics.Bucket;
import io.walletsync.core.money.CurrencyCode;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** A balance over a piece of time as the API shows it; what was not known is null, never zero. */
@JsonNaming(SnakeCaseStrategy.class)
public record BucketJson(
    Instant from,
    Instant to,
    boolean carried,
    @Nullable Instant knownFrom,
    @Nullable String opening,
    @Nullable String highest,
    @Nullable String lowest,
    @Nullable String closing,
    @Nullable String change,
    @Nullable Long changes,
    @Nullable String average,
    @Nullable String largestChange) {

  public static BucketJson of(Bucket bucket, CurrencyCode currency) {
    var from = bucket.period().from();
    var to = bucket.period().to();
    var known = bucket.figures();
    return known == null
        ? new BucketJson(
            from, to, bucket.carried(), null, null, null, null, null, null, null, null, null)
        : new BucketJson(
            from,
            to,
            bucket.carried(),
            known.knownFrom(),
            text(known.opening(), currency),
            currency.write(known.highest()),
            currency.write(known.lowest()),
            currency.write(known.closing()),
            text(known.change(), currency),
            known.changes(),
            currency.write(known.average()),
            text(known.largestChange(), currency));
  }

  private static @Nullable String text(@Nullable BigDecimal amount, CurrencyCode currency) {
    return amount == null ? null : currency.write(amount);
  }
}
