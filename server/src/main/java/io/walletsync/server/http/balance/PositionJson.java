package io.walletsync.server.http.balance;

import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.position.Position;
import io.walletsync.core.position.Position.Noted;
import io.walletsync.core.position.Position.Sum;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The sum over a group of wallets as the API shows it.
 *
 * @param provider null where it is not grouped by that; so are connection and owner
 * @param ledgerKnown of how many wallets the ledger's sum is made
 */
@JsonNaming(SnakeCaseStrategy.class)
record PositionJson(
    String currency,
    @Nullable String provider,
    @Nullable UUID connectionId,
    @Nullable String ownerId,
    @Nullable String available,
    @Nullable String ledger,
    long ledgerKnown,
    @Nullable String locked,
    long lockedKnown,
    CoverageJson coverage) {

  /**
   * How much of what should be in the sum is in it, and how sure that is.
   *
   * @param leftOut how many wallets, by the reason
   * @param concerns how many of the counted ones, by what speaks against them
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record CoverageJson(
      long expected,
      long counted,
      @Nullable Instant oldestConfirmation,
      @Nullable Instant newestConfirmation,
      Map<String, Long> leftOut,
      Map<String, Long> concerns,
      List<NotedJson> wallets,
      boolean hasMoreWallets) {}

  /** A wallet that is left out, or counted with concerns. */
  @JsonNaming(SnakeCaseStrategy.class)
  record NotedJson(UUID walletId, @Nullable String leftOut, List<String> concerns) {
    static NotedJson of(Noted noted) {
      var leftOut = noted.leftOut();
      return new NotedJson(
          noted.wallet().value(),
          leftOut == null ? null : code(leftOut),
          noted.concerns().stream().sorted().map(PositionJson::code).toList());
    }
  }

  static PositionJson of(Position position) {
    var group = position.group();
    var provider = group.provider();
    var connection = group.connection();
    var currency = group.currency();
    return new PositionJson(
        currency.value(),
        provider == null ? null : provider.value(),
        connection == null ? null : connection.value(),
        group.ownerId(),
        text(position.available(), currency),
        text(position.ledger(), currency),
        position.ledger().wallets(),
        text(position.locked(), currency),
        position.locked().wallets(),
        new CoverageJson(
            position.expected(),
            position.counted(),
            position.oldestConfirmation(),
            position.newestConfirmation(),
            counts(Position.Missing.values(), position.leftOut()),
            counts(Position.Concern.values(), position.concerns()),
            position.shown().stream().map(NotedJson::of).toList(),
            position.hasMoreNoted()));
  }

  private static @Nullable String text(Sum sum, CurrencyCode currency) {
    return sum.known().map(currency::write).orElse(null);
  }

  /** In the order of the reasons; one that no wallet has is not there. */
  private static <R extends Enum<R>> Map<String, Long> counts(R[] reasons, Map<R, Long> counts) {
    var named = new LinkedHashMap<String, Long>();
    Arrays.stream(reasons)
        .filter(counts::containsKey)
        .forEach(reason -> named.put(code(reason), counts.get(reason)));
    return named;
  }

  private static String code(Enum<?> reason) {
    return reason.name().toLowerCase(Locale.ROOT);
  }
}
