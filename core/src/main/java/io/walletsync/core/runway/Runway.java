package io.walletsync.core.runway;

import io.walletsync.core.balance.LatestBalance;
import io.walletsync.core.balance.QuarantinedReading;
import io.walletsync.core.money.Money;
import io.walletsync.core.wallet.Wallet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long the money in a wallet lasts, and what that rests on.
 *
 * @param doubt what the provider says since and is not believed
 * @param knownAt when the balance was last known: the forecast begins there
 * @param askedAt by the database's clock
 * @param until how far was looked
 * @param reserved what is set aside for payouts, and not counted as being there
 * @param planned what is planned in that time
 * @param earliest as if the heaviest of the past weeks came again and again
 * @param expected as if the average of the past weeks did
 * @param latest as if the lightest of them did, or the average where that lasts longer
 */
public record Runway(
    Wallet wallet,
    LatestBalance balance,
    Optional<QuarantinedReading> doubt,
    Instant knownAt,
    Instant askedAt,
    Instant until,
    Money minimum,
    Money reserved,
    boolean countsInflows,
    History history,
    List<PlannedOutflow> planned,
    Scenario earliest,
    Scenario expected,
    Scenario latest) {
  public Runway {
    planned = List.copyOf(planned);
  }

  /** How old the balance is that it begins with; never negative. */
  public Duration age() {
    return notNegative(Duration.between(balance.confirmedAt(), askedAt));
  }

  /** How long it lasts from now on; empty where it is longer than was looked. */
  public Optional<Duration> lasts(Scenario scenario) {
    return Optional.ofNullable(scenario.runsOutAt())
        .map(at -> notNegative(Duration.between(askedAt, at)));
  }

  /** Whether it certainly lasts so long from now on, as far as this scenario tells. */
  public boolean lastsAtLeast(Duration atLeast, Scenario scenario) {
    var end = askedAt.plus(atLeast);
    var runsOutAt = scenario.runsOutAt();
    return runsOutAt == null ? !until.isBefore(end) : !runsOutAt.isBefore(end);
  }

  private static Duration notNegative(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }

  /**
   * One way it may go.
   *
   * @param runsOutAt when the balance falls below the minimum; null where it does not in the time
   *     that was looked at
   * @param firstUncovered the first planned outflow that cannot be paid without going below it
   */
  public record Scenario(@Nullable Instant runsOutAt, @Nullable PlannedOutflow firstUncovered) {}

  /**
   * The past that it rests on.
   *
   * @param weeks how many whole weeks
   * @param changes how often the balance changed in them
   */
  public record History(Instant from, Instant to, int weeks, long changes) {}
}
