package io.walletsync.core.runway;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;

import io.walletsync.core.balance.BalanceHistory;
import io.walletsync.core.balance.BalanceSnapshots;
import io.walletsync.core.balance.BalanceSnapshots.WalletBalance;
import io.walletsync.core.balance.LatestBalance;
import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.money.Money;
import io.walletsync.core.payout.Reservations;
import io.walletsync.core.runway.Runway.Scenario;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.WalletId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Use case: how long the money in wallets lasts. Reads only. From too little it does not forecast:
 * what is not known is never a number.
 */
public final class ForecastRunway {
  /** How many whole weeks of history a forecast needs. */
  public static final int FEWEST_WEEKS = 2;

  public static final Duration USUAL_HORIZON = Duration.ofDays(30);
  public static final Duration LONGEST_HORIZON = Duration.ofDays(365);

  private static final int MOST_WEEKS = 8;
  private static final Duration INSTANT = Duration.ofNanos(1_000);

  private final BalanceSnapshots snapshots;
  private final BalanceHistory history;
  private final OutflowPlans plans;
  private final Reservations reservations;

  public ForecastRunway(
      BalanceSnapshots snapshots,
      BalanceHistory history,
      OutflowPlans plans,
      Reservations reservations) {
    this.snapshots = snapshots;
    this.history = history;
    this.plans = plans;
    this.reservations = reservations;
  }

  /** What is to be said of each wallet; one that the caller may not see is missing. */
  public Map<WalletId, Outcome> forecast(Query query) {
    var planned = plans.find(query.wallets());
    // before the balances: what leaves meanwhile is taken off twice rather than not at all
    var aside = new HashMap<WalletId, SetAside>();
    query.wallets().forEach(id -> aside.put(id, new SetAside(reservations.open(id))));
    var outcomes = new HashMap<WalletId, Outcome>();
    snapshots
        .latest(query.wallets())
        .forEach(
            (id, found) -> {
              if (query.visibility().includes(found.wallet().connectionId())) {
                outcomes.put(
                    id,
                    forecast(query, found, planned.get(id), Objects.requireNonNull(aside.get(id))));
              }
            });
    return outcomes;
  }

  private Outcome forecast(
      Query query, WalletBalance found, @Nullable OutflowPlan plan, SetAside aside) {
    if (found.wallet().isClosed()) {
      return new Outcome.WalletClosed();
    }
    var balance = found.latest().orElse(null);
    if (balance == null) {
      return new Outcome.NoBalanceYet();
    }
    var knownAt = knownAt(balance);
    var past = new PastWeeks(knownAt, query.zone(), MOST_WEEKS);
    history.trace(found.wallet().id(), past.start(), knownAt.plus(INSTANT), past);
    var weeks = past.known();
    return weeks.size() < FEWEST_WEEKS
        ? new Outcome.InsufficientHistory(past.knownFrom(), weeks.size())
        : new Outcome.Forecast(runway(query, found, balance, knownAt, weeks, plan, aside));
  }

  private static Runway runway(
      Query query,
      WalletBalance found,
      LatestBalance balance,
      Instant knownAt,
      List<Week> weeks,
      @Nullable OutflowPlan plan,
      SetAside aside) {
    var minimum = minimum(query, found, plan);
    var until = found.readAt().plus(query.horizon());
    var planned =
        plan == null
            ? List.<PlannedOutflow>of()
            : plan.outflows().stream()
                .filter(it -> it.at().isAfter(knownAt) && it.at().isBefore(until))
                .toList();
    var available = balance.snapshot().balance().available();
    var reserved = aside.total(available.currency());
    var course =
        new Course(
            knownAt,
            until,
            query.zone(),
            available.amount().subtract(reserved.amount()).subtract(minimum.amount()),
            query.countsInflows(),
            aside.besides(planned));
    var each = weeks.stream().map(week -> course.run(week, 1)).sorted(SOONEST_FIRST).toList();
    var sum = Week.sum(weeks);
    var expected = course.run(sum, weeks.size());
    return new Runway(
        found.wallet(),
        balance,
        found.doubt(),
        knownAt,
        found.readAt(),
        until,
        minimum,
        reserved,
        query.countsInflows(),
        new Runway.History(
            knownAt.atZone(query.zone()).minusWeeks(weeks.size()).toInstant(),
            knownAt,
            weeks.size(),
            sum.countChanges()),
        planned,
        each.getFirst(),
        expected,
        // where inflows count, each week may dip for a moment and their average may not
        SOONEST_FIRST.compare(each.getLast(), expected) < 0 ? expected : each.getLast());
  }

  private static final Comparator<Scenario> SOONEST_FIRST =
      comparing(Scenario::runsOutAt, nullsLast(naturalOrder()))
          .thenComparing(
              scenario -> scenario.firstUncovered() == null ? null : scenario.firstUncovered().at(),
              nullsLast(naturalOrder()));

  private static Money minimum(Query query, WalletBalance found, @Nullable OutflowPlan plan) {
    if (query.minimum() != null) {
      return new Money(query.minimum(), found.wallet().currency());
    }
    return plan == null ? new Money(BigDecimal.ZERO, found.wallet().currency()) : plan.minimum();
  }

  private static Instant knownAt(LatestBalance balance) {
    var asOf = balance.snapshot().asOf();
    return balance.confirmedAt().isAfter(asOf) ? balance.confirmedAt() : asOf;
  }

  /** Returns the horizon if it is one. */
  public static Duration checkedHorizon(Duration horizon) {
    if (horizon.compareTo(Duration.ofHours(1)) < 0 || horizon.compareTo(LONGEST_HORIZON) > 0) {
      throw new InvalidValue("must be a duration of PT1H to P365D");
    }
    return horizon;
  }

  /**
   * What to forecast.
   *
   * @param zone whose clock says which hour of the week it is
   * @param minimum what shall stay in each wallet; null for what its plan says
   * @param horizon how far to look from now on
   * @param countsInflows whether what came in counts too; otherwise as if nothing ever came in
   */
  public record Query(
      Set<WalletId> wallets,
      Visibility visibility,
      ZoneId zone,
      @Nullable BigDecimal minimum,
      Duration horizon,
      boolean countsInflows) {
    public Query {
      wallets = Set.copyOf(wallets);
    }
  }

  /** What can be said of a wallet. */
  public sealed interface Outcome {
    record Forecast(Runway runway) implements Outcome {}

    /**
     * Too few whole weeks are known.
     *
     * @param knownFrom since when the balance is known
     */
    record InsufficientHistory(@Nullable Instant knownFrom, int weeks) implements Outcome {}

    record NoBalanceYet() implements Outcome {}

    record WalletClosed() implements Outcome {}
  }
}
