package io.walletsync.server.http.balance;

import io.walletsync.core.analytics.AnalyzeBalance;
import io.walletsync.core.analytics.CountChanges.Count;
import io.walletsync.core.analytics.Period;
import io.walletsync.server.http.problem.InvalidRequest;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * How often balances changed, as the API shows it.
 *
 * @param connectionId null where the group is a whole provider
 * @param walletId null unless the group is a wallet
 * @param changes of the balance in any of its amounts
 * @param changesPerDay of all its wallets together, over what has passed of the period, rounded
 *     half to even at four decimals
 */
@JsonNaming(SnakeCaseStrategy.class)
record ChangesJson(
    String provider,
    @Nullable UUID connectionId,
    @Nullable UUID walletId,
    long wallets,
    long walletsWithBalance,
    long changes,
    String changesPerDay) {

  static ChangesJson of(Count count, Period period) {
    var connection = count.group().connection();
    var wallet = count.group().wallet();
    return new ChangesJson(
        count.group().provider().value(),
        connection == null ? null : connection.value(),
        wallet == null ? null : wallet.value(),
        count.wallets(),
        count.known(),
        count.changes(),
        perDay(count.changes(), period));
  }

  static InvalidRequest tooLong() {
    return new InvalidRequest(
        "to", "must lie at most %d days after from".formatted(AnalyzeBalance.LONGEST.toDays()));
  }

  private static String perDay(long changes, Period period) {
    var length = period.length();
    var micros =
        BigDecimal.valueOf(length.toSeconds(), -6)
            .add(BigDecimal.valueOf(length.toNanosPart() / 1_000));
    return BigDecimal.valueOf(changes)
        .multiply(BigDecimal.valueOf(Duration.ofDays(1).toSeconds(), -6))
        .divide(micros, 4, RoundingMode.HALF_EVEN)
        .toPlainString();
  }
}
