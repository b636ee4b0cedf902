package io.walletsync.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Concurrently;
import io.walletsync.core.Examples;
import io.walletsync.core.kernel.DatabaseClock;
import io.walletsync.core.provider.BalanceProvider.AccountBalance;
import io.walletsync.core.provider.BalanceProvider.Reply;
import io.walletsync.core.provider.BalanceProviders;
import io.walletsync.core.provider.ScriptedBalanceProvider;
import io.walletsync.core.sync.SharedCalls.Told;
import io.walletsync.core.wallet.Connections.OpenConnection;
import io.walletsync.core.wallet.Holding;
import io.walletsync.core.wallet.Metadata;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever the timing: no reading is older than the wish for it, and few calls run at once. */
final class SharedCallsProperties {
  private static final int ASKED_PER_CALLER = 8;

  @Property(tries = 40)
  void noReadingIsFromACallThatStartedBeforeItWasAskedFor(
      @ForAll @IntRange(min = 1, max = 24) int callers,
      @ForAll @IntRange(min = 1, max = 4) int mostAtOnce,
      @ForAll @IntRange(min = 0, max = 3) int draggingMillis,
      @ForAll long seed) {
    var ticks = new AtomicLong();
    var running = new AtomicInteger();
    var mostSeen = new AtomicInteger();
    var provider = new ScriptedBalanceProvider(Examples.profile(Examples.PAYSTACK));
    provider.always(
        call -> {
          var reading = reading(ticks.incrementAndGet());
          mostSeen.accumulateAndGet(running.incrementAndGet(), Math::max);
          pause(new Random(seed + call));
          running.decrementAndGet();
          return reading;
        });
    var lines = new CallLines(Duration.ofMillis(draggingMillis), mostAtOnce);
    var calls = new SharedCalls(new BalanceProviders(List.of(provider)), 1_000, lines);
    var connection = new OpenConnection(Examples.connection(), Examples.credentials());
    var holding = new Holding("", Examples.NGN);

    var fresh =
        Concurrently.call(
            callers,
            caller -> {
              var random = new Random(seed - caller);
              var all = true;
              for (var i = 0; i < ASKED_PER_CALLER; i++) {
                pause(random);
                var clock = DatabaseClock.startedAt(Examples.MORNING);
                var asked = ticks.incrementAndGet();
                var answer =
                    Objects.requireNonNull(
                        calls
                            .ask(connection, Set.of(holding), clock, Duration.ofSeconds(30))
                            .get(holding));
                var told = ((Told.OfBalance) answer.told()).balance().balance().available();
                all &= told.amount().longValueExact() > asked;
                all &= !answer.callStartedAt().isBefore(clock.readAt());
                all &= !answer.answeredAt().isBefore(answer.callStartedAt());
              }
              return all;
            });

    assertThat(fresh).containsOnly(true);
    assertThat(mostSeen.get()).isLessThanOrEqualTo(mostAtOnce);
    assertThat(provider.calls()).isLessThanOrEqualTo(callers * ASKED_PER_CALLER);
    assertThat(lines.busy()).isZero();
  }

  private static Reply reading(long amount) {
    return new Reply.Reading(
        List.of(
            new AccountBalance(
                "", Examples.balance(Long.toString(amount)), null, null, Metadata.NONE)));
  }

  private static void pause(Random random) {
    LockSupport.parkNanos(random.nextLong(2_000_000));
  }
}
