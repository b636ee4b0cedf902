package io.walletsync.server.provider;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.provider.ProviderFailure.Reason;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered about the calls of one connection: how many are under way, whether the
 * provider wants to be left alone, and whether it failed so often that we leave it alone of
 * ourselves.
 */
final class ConnectionGuard {
  private static final int WINDOW = 20;
  private static final int FEWEST = 10;
  private static final float MOST_FAILURES_PERCENT = 80;
  private static final int TRIALS = 3;

  private final CallRules rules;
  private final Semaphore seats;
  private final AtomicReference<Deadline> quiet = new AtomicReference<>(Deadline.in(Duration.ZERO));
  private final AtomicReference<Deadline> open = new AtomicReference<>(Deadline.in(Duration.ZERO));
  private final CircuitBreaker circuit;

  ConnectionGuard(CallRules rules) {
    this.rules = rules;
    seats = new Semaphore(rules.atOnce(), true);
    circuit =
        CircuitBreaker.of(
            "connection",
            CircuitBreakerConfig.custom()
                .slidingWindow(WINDOW, FEWEST, SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(MOST_FAILURES_PERCENT)
                .waitDurationInOpenState(rules.openFor())
                .permittedNumberOfCallsInHalfOpenState(TRIALS)
                .build());
    circuit
        .getEventPublisher()
        .onStateTransition(
            event -> {
              if (event.getStateTransition().getToState() == State.OPEN) {
                open.set(Deadline.in(rules.openFor()));
              }
            });
  }

  /** Waits for a seat as long as a call would still make sense; false where there was none. */
  boolean enter(Deadline deadline) throws InterruptedException {
    var patience = deadline.remainingNanos() - rules.shortestAttempt().toNanos();
    return seats.tryAcquire(Math.max(patience, 0), NANOSECONDS);
  }

  void leave() {
    seats.release();
  }

  /**
   * Null where a call may be sent now; then {@link #sent} or {@link #notSent} has to follow.
   * Otherwise why not.
   */
  @Nullable ProviderFailure admit() {
    var silence = remaining(quiet);
    if (silence.isPositive()) {
      return new ProviderFailure(
          Reason.RATE_LIMITED, "The provider asked to be left alone for a while.", silence);
    }
    if (!circuit.tryAcquirePermission()) {
      return new ProviderFailure(
          Reason.CIRCUIT_OPEN,
          "The provider failed so often that it is left alone for a while.",
          remaining(open));
    }
    return null;
  }

  void notSent() {
    circuit.releasePermission();
  }

  /**
   * Takes note of how a call ended.
   *
   * @param failure null for an answer
   * @param patience how long the call had
   */
  void sent(@Nullable ProviderFailure failure, Duration took, Duration patience) {
    if (failure == null) {
      circuit.onSuccess(took.toNanos(), NANOSECONDS);
      return;
    }
    if (failure.retryAfter() != null) {
      beQuiet(failure.retryAfter());
    }
    switch (failure.reason()) {
      case UNREACHABLE, UNAVAILABLE -> failed(failure, took);
      case TIMEOUT -> {
        if (patience.compareTo(rules.shortestAttempt()) < 0) {
          circuit.releasePermission();
        } else {
          failed(failure, took);
        }
      }
      // it answered: what it said may be wrong, but it is there
      case RATE_LIMITED,
          UNAUTHORIZED,
          FORBIDDEN,
          ADDRESS_REFUSED,
          REJECTED,
          UNREADABLE,
          CURRENCY_MISSING,
          ACCOUNT_MISSING,
          IN_DOUBT,
          CIRCUIT_OPEN,
          QUOTA_SPENT,
          BUSY ->
          circuit.onSuccess(took.toNanos(), NANOSECONDS);
    }
  }

  /** Whether the circuit keeps calls from being sent. */
  boolean isOpen() {
    return circuit.getState() == State.OPEN && remaining(open).isPositive();
  }

  private void failed(ProviderFailure failure, Duration took) {
    circuit.onError(
        took.toNanos(), NANOSECONDS, new IllegalStateException(failure.reason().code()));
  }

  private void beQuiet(Duration wish) {
    var wished =
        Deadline.in(wish.compareTo(rules.longestQuiet()) > 0 ? rules.longestQuiet() : wish);
    quiet.accumulateAndGet(wished, (a, b) -> a.remainingNanos() > b.remainingNanos() ? a : b);
  }

  private static Duration remaining(AtomicReference<Deadline> until) {
    return Duration.ofNanos(Math.max(until.get().remainingNanos(), 0));
  }
}
