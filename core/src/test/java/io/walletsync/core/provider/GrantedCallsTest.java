package io.walletsync.core.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.core.Examples;
import io.walletsync.core.provider.GrantedCalls.Outcome;
import io.walletsync.core.wallet.CallBudget;
import io.walletsync.core.wallet.CallBudget.Period;
import io.walletsync.core.wallet.ConnectionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class GrantedCallsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration HOUR = Duration.ofHours(1);

  private final Recorded allowances = new Recorded();
  private final GrantedCalls calls = new GrantedCalls(new ConnectionId(Examples.id()), allowances);

  @Test
  void withoutABudgetNothingIsTaken() throws Exception {
    assertThat(spend(CallBudget.UNLIMITED)).isEqualTo(new Outcome.Granted());

    assertThat(allowances.takes).isEmpty();
  }

  @Test
  void callsAreTakenInChunksAndSpentOneByOne() throws Exception {
    for (var i = 0; i < 25; i++) {
      assertThat(spend(new CallBudget(80, null))).isEqualTo(new Outcome.Granted());
    }
    for (var i = 0; i < 11; i++) {
      assertThat(spend(new CallBudget(null, 2_000))).isEqualTo(new Outcome.Granted());
    }

    assertThat(allowances.takes)
        .containsExactly(
            "SECOND 10 of 80",
            "SECOND 10 of 80",
            "SECOND 10 of 80",
            "DAY 10 of 2000",
            "DAY 10 of 2000");
  }

  @Test
  void aSmallBudgetIsTakenCallByCall() throws Exception {
    spend(new CallBudget(1, null));
    spend(new CallBudget(1, null));

    assertThat(allowances.takes).containsExactly("SECOND 1 of 1", "SECOND 1 of 1");
  }

  @Test
  void whatIsSpentIsNotAskedForAgainUntilTheNextWindow() throws Exception {
    allowances.left = 0;

    var spent = spend(new CallBudget(null, 5));
    spend(new CallBudget(null, 5));

    assertThat(((Outcome.Spent) spent).period()).isEqualTo(Period.DAY);
    assertThat(((Outcome.Spent) spent).untilNext()).isBetween(HOUR.minusMinutes(1), HOUR);
    assertThat(allowances.takes).hasSize(1);
  }

  @Test
  void anotherLimitIsAskedForAtOnce() throws Exception {
    allowances.left = 0;
    spend(new CallBudget(null, 5));
    allowances.left = 1;

    assertThat(spend(new CallBudget(null, 6))).isEqualTo(new Outcome.Granted());
  }

  @Test
  void aDaysCallIsKeptWhileTheSecondHasNoneLeft() throws Exception {
    var both = new CallBudget(1, 1);
    allowances.leftOfSecond = 0;
    assertThat(spend(both)).isInstanceOf(Outcome.Spent.class);
    allowances.leftOfSecond = 1;
    allowances.rest = HOUR;

    assertThat(spend(new CallBudget(2, 1))).isEqualTo(new Outcome.Granted());

    assertThat(allowances.takes).containsExactly("DAY 1 of 1", "SECOND 1 of 1", "SECOND 1 of 2");
  }

  @Test
  void callsOfAWindowThatEndedAreWorthNothing() throws Exception {
    allowances.rest = Duration.ofMillis(100);
    spend(new CallBudget(80, null));
    var end = System.nanoTime() + Duration.ofMillis(100).toNanos();
    while (System.nanoTime() - end < 0) {
      Thread.onSpinWait();
    }

    spend(new CallBudget(80, null));

    assertThat(allowances.takes).hasSize(2);
  }

  @Test
  void aDatabaseThatAnswersAfterTheWindowGrantsNothing() throws Exception {
    allowances.rest = Duration.ofMillis(-1);

    assertThat(spend(new CallBudget(80, null))).isInstanceOf(Outcome.Spent.class);
  }

  @Test
  void aDatabaseThatIsAwayIsNotHeldAgainstTheNextCall() throws Exception {
    allowances.away = true;
    assertThatThrownBy(() -> spend(new CallBudget(80, null))).hasMessage("away on purpose");
    allowances.away = false;

    assertThat(spend(new CallBudget(80, null))).isEqualTo(new Outcome.Granted());
  }

  private Outcome spend(CallBudget budget) throws InterruptedException {
    return calls.spend(budget, PATIENCE);
  }

  /** Grants what a test says, and remembers what was wanted. */
  private static final class Recorded implements CallAllowances {
    private final List<String> takes = new ArrayList<>();
    private int left = Integer.MAX_VALUE;
    private int leftOfSecond = Integer.MAX_VALUE;
    private Duration rest = HOUR;
    private boolean away;

    @Override
    public Grant take(ConnectionId connection, Period period, int limit, int wanted) {
      if (away) {
        throw new IllegalStateException("away on purpose");
      }
      takes.add(period + " " + wanted + " of " + limit);
      var calls = Math.min(wanted, period == Period.SECOND ? leftOfSecond : left);
      return new Grant(calls, Examples.MORNING, Examples.MORNING.plus(rest));
    }

    @Override
    public HandedOut handedOut(Collection<ConnectionId> connections) {
      return new HandedOut(Examples.MORNING, Map.of());
    }
  }
}
