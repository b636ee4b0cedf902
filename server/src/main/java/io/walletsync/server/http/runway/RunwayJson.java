package io.walletsync.server.http.runway;

import io.walletsync.core.runway.Runway;
import io.walletsync.server.http.balance.DoubtJson;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** How long the money in a wallet lasts, and what that rests on, as the API shows it. */
@JsonNaming(SnakeCaseStrategy.class)
record RunwayJson(
    UUID walletId,
    String currency,
    String balance,
    Instant balanceKnownAt,
    long ageSeconds,
    @Nullable DoubtJson inDoubt,
    String minimum,
    String reserved,
    Instant askedAt,
    Instant lookedUntil,
    String method,
    String inflows,
    String tz,
    History history,
    Planned planned,
    Scenario earliest,
    Scenario expected,
    Scenario latest) {

  static RunwayJson of(Runway it, ZoneId zone) {
    var doubt = it.doubt().orElse(null);
    var currency = it.wallet().currency();
    var total =
        it.planned().stream()
            .map(outflow -> outflow.amount().amount())
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return new RunwayJson(
        it.wallet().id().value(),
        currency.value(),
        it.balance().snapshot().balance().available().toDecimalString(),
        it.knownAt(),
        it.age().toSeconds(),
        doubt == null ? null : DoubtJson.of(doubt),
        it.minimum().toDecimalString(),
        it.reserved().toDecimalString(),
        it.askedAt(),
        it.until(),
        "past_weeks",
        it.countsInflows() ? "counted" : "ignored",
        zone.getId(),
        History.of(it.history()),
        new Planned(it.planned().size(), currency.write(total)),
        Scenario.of(it, it.earliest()),
        Scenario.of(it, it.expected()),
        Scenario.of(it, it.latest()));
  }

  /** The past that it rests on. */
  record History(Instant from, Instant to, int weeks, long changes) {
    static History of(Runway.History it) {
      return new History(it.from(), it.to(), it.weeks(), it.changes());
    }
  }

  /** What is planned in the time that was looked at. */
  record Planned(int count, String total) {}

  /**
   * One way it may go.
   *
   * @param beyondHorizon whether it lasts longer than was looked: then there is no time
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record Scenario(
      boolean beyondHorizon,
      @Nullable Instant runsOutAt,
      @Nullable String lasts,
      OutflowPlanJson.@Nullable Outflow firstUncovered) {
    static Scenario of(Runway runway, Runway.Scenario it) {
      var uncovered = it.firstUncovered();
      return new Scenario(
          it.runsOutAt() == null,
          it.runsOutAt(),
          runway.lasts(it).map(RunwayJson::text).orElse(null),
          uncovered == null ? null : OutflowPlanJson.Outflow.of(uncovered));
    }
  }

  private static String text(Duration duration) {
    return Duration.ofSeconds(duration.toSeconds()).toString();
  }
}
