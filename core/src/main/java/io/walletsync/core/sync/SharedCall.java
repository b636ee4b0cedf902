package io.walletsync.core.sync;

import io.walletsync.core.kernel.DatabaseClock;
import io.walletsync.core.provider.BalanceProvider;
import io.walletsync.core.provider.BalanceProvider.AccountBalance;
import io.walletsync.core.provider.BalanceProvider.Reply;
import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.provider.ProviderFailure.Reason;
import io.walletsync.core.sync.SharedCalls.Answer;
import io.walletsync.core.sync.SharedCalls.Told;
import io.walletsync.core.wallet.Holding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One call for everybody who came before it started: whoever joins does so while it gathers, so its
 * reply is never older than the wish for it. Guarded by the lock of {@link CallLines} until it
 * starts; afterwards nobody joins or leaves.
 */
final class SharedCall {
  private final BalanceProvider provider;
  private final List<Waiter> waiters = new ArrayList<>();
  private final CompletableFuture<Map<Holding, Answer>> answers = new CompletableFuture<>();

  SharedCall(BalanceProvider provider) {
    this.provider = provider;
  }

  void join(Waiter waiter) {
    waiters.add(waiter);
  }

  void leave(Waiter waiter) {
    waiters.remove(waiter);
  }

  int waiters() {
    return waiters.size();
  }

  /** Done when the call has ended; it ends with an exception for everybody or for nobody. */
  CompletableFuture<Map<Holding, Answer>> answers() {
    return answers;
  }

  /**
   * Asks the provider for what all of them want, for as long as the most patient one waits. All are
   * told the same times, so that one wallet that several asked for is never ahead of itself.
   */
  Map<Holding, Answer> ask() {
    var wanted =
        waiters.stream()
            .flatMap(waiter -> waiter.wanted().stream())
            .collect(Collectors.toUnmodifiableSet());
    var clock = waiters.stream().map(Waiter::clock).reduce(DatabaseClock::orCloser).orElseThrow();
    // the newest credentials of those at hand
    var connection = waiters.getLast().connection();
    var started = System.nanoTime();
    var patience =
        waiters.stream().mapToLong(waiter -> waiter.patienceAt(started)).max().orElseThrow();
    var reply = provider.fetch(connection, wanted, Duration.ofNanos(Math.max(patience, 0)));
    return answers(wanted, reply, clock.at(started), clock.now());
  }

  private static Map<Holding, Answer> answers(
      Set<Holding> wanted, Reply reply, Instant startedAt, Instant answeredAt) {
    Function<Holding, Told> told =
        switch (reply) {
          case Reply.Failure(var failure) -> _ -> new Told.Failure(failure);
          case Reply.Reading(var balances) -> {
            var byHolding =
                balances.stream()
                    .collect(Collectors.toMap(AccountBalance::holding, Function.identity()));
            yield holding -> {
              var balance = byHolding.get(holding);
              return balance == null ? missing(holding) : new Told.OfBalance(balance);
            };
          }
        };
    return wanted.stream()
        .collect(
            Collectors.toUnmodifiableMap(
                Function.identity(),
                holding -> new Answer(startedAt, answeredAt, told.apply(holding))));
  }

  private static Told missing(Holding holding) {
    return new Told.Failure(
        ProviderFailure.of(
            Reason.CURRENCY_MISSING,
            "The provider reported no " + holding.currency() + " balance for this wallet."));
  }
}
