package io.walletsync.core.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Concurrently;
import io.walletsync.core.provider.CallAllowances.Grant;
import io.walletsync.core.provider.GrantedCalls.Outcome;
import io.walletsync.core.wallet.CallBudget;
import io.walletsync.core.wallet.CallBudget.Period;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.RegistryPorts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every keeper of call allowances promises: no window hands out more than its limit. */
public interface CallAllowancesContract extends RegistryPorts {
  Duration PATIENCE = Duration.ofSeconds(30);

  CallAllowances allowances();

  @Test
  default void grantsWhatIsWantedThenWhatIsLeftThenNothing() {
    var connection = connected().id();

    assertThat(IntStream.range(0, 4).map(_ -> take(connection, 10, 4))).containsExactly(4, 4, 2, 0);
  }

  @Test
  default void aSmallLimitIsGrantedWhole() {
    assertThat(take(connected().id(), 3, 1_000)).isEqualTo(3);
  }

  @Test
  default void aLimitThatWasLoweredGrantsNoMoreAndOneThatWasRaisedTheRest() {
    var connection = connected().id();
    take(connection, 10, 6);

    assertThat(take(connection, 5, 1)).isZero();
    assertThat(take(connection, 6, 1)).isZero();
    assertThat(take(connection, 8, 5)).isEqualTo(2);
  }

  @Test
  default void connectionsAndPeriodsAreCountedApart() {
    var connection = connected().id();
    take(connection, 5, 5);

    assertThat(take(connected().id(), 5, 5)).isEqualTo(5);
    assertThat(allowances().take(connection, Period.SECOND, 5, 5).calls()).isEqualTo(5);
  }

  @Test
  default void aNewWindowBeginsAfresh() {
    var connection = connected().id();
    var first = allowances().take(connection, Period.SECOND, 3, 3);
    Grant next;
    do {
      next = allowances().take(connection, Period.SECOND, 3, 3);
    } while (next.windowEnd().equals(first.windowEnd()) && next.calls() == 0);

    assertThat(next.windowEnd()).isAfter(first.windowEnd());
    assertThat(next.calls()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource
  default void aGrantEndsWithItsWindow(Period period) {
    var before = allowances().handedOut(List.of()).at();
    var grant = allowances().take(connected().id(), period, 1, 1);

    assertThat(grant.takenAt()).isAfterOrEqualTo(before);
    assertThat(grant.windowEnd())
        .isBetween(period.windowEnd(before), period.windowEnd(grant.takenAt()));
  }

  @Test
  default void tellsWhatWasHandedOut() {
    var connection = connected().id();
    var other = connected().id();
    take(connection, 10, 4);

    var handedOut = allowances().handedOut(List.of(connection, other));

    assertThat(handedOut.calls(connection, Period.DAY)).isEqualTo(4);
    assertThat(handedOut.calls(connection, Period.SECOND)).isZero();
    assertThat(handedOut.calls(other, Period.DAY)).isZero();
  }

  @Test
  default void manyAtOnceGetNoMoreThanTheLimit() {
    var connection = connected().id();

    var taken = Concurrently.call(16, _ -> take(connection, 50, 7));

    assertThat(taken.stream().mapToInt(calls -> calls).sum()).isEqualTo(50);
  }

  @Test
  default void nodesThatSpendADaysBudgetTogetherSpendItExactly() {
    var connection = connected().id();
    var budget = new CallBudget(null, 1_000);
    var nodes =
        IntStream.range(0, 4).mapToObj(_ -> new GrantedCalls(connection, allowances())).toList();

    var spent =
        Concurrently.call(
            8,
            thread -> {
              var calls = 0;
              while (calls <= 1_000
                  && spend(nodes.get(thread % 4), budget) instanceof Outcome.Granted) {
                calls++;
              }
              return calls;
            });

    assertThat(spent.stream().mapToInt(calls -> calls).sum()).isEqualTo(1_000);
  }

  /** Nodes die with what they hold, start again, and go on; three seconds are looked at. */
  @Test
  default void nodesThatComeAndGoNeverSpendMoreThanASecondsBudget() {
    var connection = connected().id();
    var budget = new CallBudget(40, null);
    var sure = new ConcurrentHashMap<Instant, AtomicInteger>();
    var end = now().plusSeconds(3);

    Concurrently.call(
        6,
        thread -> {
          var node = new GrantedCalls(connection, allowances());
          var calls = 0;
          for (var before = now(); before.isBefore(end); before = now()) {
            if (spend(node, budget) instanceof Outcome.Granted) {
              var window = Period.SECOND.windowStart(before);
              // what was spent across the end of a window may belong to either
              if (window.equals(Period.SECOND.windowStart(now()))) {
                sure.computeIfAbsent(window, _ -> new AtomicInteger()).incrementAndGet();
              }
              if (++calls % (5 + thread) == 0) {
                node = new GrantedCalls(connection, allowances());
              }
            }
          }
          return calls;
        });

    var counts = Map.copyOf(sure).values().stream().map(AtomicInteger::get).toList();
    assertThat(counts).allMatch(calls -> calls <= 40).anyMatch(calls -> calls > 10);
  }

  private Instant now() {
    return allowances().handedOut(List.of()).at();
  }

  private int take(ConnectionId connection, int limit, int wanted) {
    return allowances().take(connection, Period.DAY, limit, wanted).calls();
  }

  private static Outcome spend(GrantedCalls node, CallBudget budget) {
    try {
      return node.spend(budget, PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
