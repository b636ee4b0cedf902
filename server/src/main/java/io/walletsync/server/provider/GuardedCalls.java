package io.walletsync.server.provider;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.resilience4j.core.IntervalFunction;
import io.walletsync.core.provider.CallAllowances;
import io.walletsync.core.provider.GrantedCalls;
import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.provider.ProviderFailure.Reason;
import io.walletsync.core.wallet.CallBudget;
import io.walletsync.core.wallet.CallBudget.Period;
import io.walletsync.core.wallet.Connection;
import io.walletsync.core.wallet.ConnectionId;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Calls a provider with care: tries again where that can help, within the connection's budget, and
 * asks nothing of a provider that wants peace or that keeps failing. A retry that may not be sent
 * leaves the failure before it.
 */
final class GuardedCalls implements ProviderCalls {
  private static final double JITTER = 0.5;
  private static final int MOST_JITTER = 100;
  private static final ProviderFailure INTERRUPTED =
      ProviderFailure.of(Reason.UNREACHABLE, "The call to the provider was interrupted.");

  /** Longer than anything a guard remembers. */
  private static final Duration KEPT = Duration.ofMinutes(15);

  private final ProviderCalls calls;
  private final Function<Connection, CallBudget> budgets;
  private final CallAllowances allowances;
  private final CallMeters meters;
  private final CallRules rules;
  private final IntervalFunction pauses;
  private final Cache<ConnectionId, Guarded> guards;

  /**
   * Puts a guard before calls.
   *
   * @param budgets how many calls may be sent for a connection
   */
  GuardedCalls(
      ProviderCalls calls,
      Function<Connection, CallBudget> budgets,
      CallAllowances allowances,
      CallMeters meters,
      CallRules rules) {
    this.calls = calls;
    this.budgets = budgets;
    this.allowances = allowances;
    this.meters = meters;
    this.rules = rules;
    pauses = IntervalFunction.ofExponentialRandomBackoff(rules.firstPause(), 2.0, JITTER);
    guards = Caffeine.newBuilder().expireAfterAccess(KEPT).build();
  }

  /** What is kept for a connection while it is in use, and whom it calls. */
  private record Guarded(String provider, ConnectionGuard guard, GrantedCalls granted) {}

  private Guarded guarded(Connection connection) {
    var provider = connection.provider().value();
    meters.show(provider, () -> openCircuits(provider));
    return new Guarded(
        provider, new ConnectionGuard(rules), new GrantedCalls(connection.id(), allowances));
  }

  private int openCircuits(String provider) {
    return (int)
        guards.asMap().values().stream()
            .filter(guarded -> guarded.provider().equals(provider) && guarded.guard().isOpen())
            .count();
  }

  @Override
  public Result send(Connection connection, HttpRequest request, Deadline deadline) {
    var guarded = guards.get(connection.id(), _ -> guarded(connection));
    try {
      if (!guarded.guard().enter(deadline)) {
        return notSent(
            guarded,
            ProviderFailure.of(Reason.BUSY, "Too many calls of this connection are under way."));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Result.Failed(INTERRUPTED);
    }
    try {
      return attempts(guarded, connection, request, deadline);
    } finally {
      guarded.guard().leave();
    }
  }

  private Result attempts(
      Guarded guarded, Connection connection, HttpRequest request, Deadline deadline) {
    @Nullable Result last = null;
    for (var attempt = 1; ; attempt++) {
      var refusal = refusal(guarded, connection, deadline);
      if (refusal != null) {
        return last == null ? notSent(guarded, refusal) : last;
      }
      last = attempt(guarded.guard(), connection, request, deadline);
      var failure = failure(last);
      if (failure == null || !pausedBeforeNext(attempt, failure, deadline)) {
        return last;
      }
      meters.retried(guarded.provider(), failure.reason());
    }
  }

  /** Null where a call may be sent now, and a call of the budget was spent for it. */
  private @Nullable ProviderFailure refusal(
      Guarded guarded, Connection connection, Deadline deadline) {
    var refusal = guarded.guard().admit();
    if (refusal != null) {
      return refusal;
    }
    var granted = false;
    try {
      refusal = overBudget(guarded.granted(), connection, deadline);
      granted = refusal == null;
      return refusal;
    } finally {
      if (!granted) {
        guarded.guard().notSent();
      }
    }
  }

  /** Spends a call of the budget, after a wait for the next second where this one has none left. */
  private @Nullable ProviderFailure overBudget(
      GrantedCalls granted, Connection connection, Deadline deadline) {
    try {
      while (true) {
        var patience = Duration.ofNanos(deadline.remainingNanos()).minus(rules.shortestAttempt());
        switch (granted.spend(budgets.apply(connection), patience)) {
          case GrantedCalls.Outcome.Granted() -> {
            return null;
          }
          case GrantedCalls.Outcome.Spent(var period, var untilNext) -> {
            // not all nodes at once, and not before the window has begun
            var pause = untilNext.plusMillis(ThreadLocalRandom.current().nextInt(1, MOST_JITTER));
            if (period == Period.DAY || pause.compareTo(patience) > 0) {
              return new ProviderFailure(
                  Reason.QUOTA_SPENT, "The connection's budget of calls is spent.", untilNext);
            }
            Thread.sleep(pause);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return INTERRUPTED;
    }
  }

  private Result attempt(
      ConnectionGuard guard, Connection connection, HttpRequest request, Deadline deadline) {
    var attemptDeadline = deadline.orIn(rules.attemptPatience());
    var patience = Duration.ofNanos(attemptDeadline.remainingNanos());
    var begun = System.nanoTime();
    @Nullable Result result = null;
    try {
      result = calls.send(connection, request, attemptDeadline);
      return result;
    } finally {
      if (result == null || Thread.currentThread().isInterrupted()) {
        guard.notSent();
      } else {
        guard.sent(failure(result), Duration.ofNanos(System.nanoTime() - begun), patience);
      }
    }
  }

  private Result notSent(Guarded guarded, ProviderFailure failure) {
    meters.notSent(guarded.provider(), failure.reason());
    return new Result.Failed(failure);
  }

  private static @Nullable ProviderFailure failure(Result result) {
    return switch (result) {
      case Result.Answer _ -> null;
      case Result.Refused(_, _, var failure) -> failure;
      case Result.Failed(var failure) -> failure;
    };
  }

  /** Waits where another attempt can help and still fits; false where there shall be none. */
  private boolean pausedBeforeNext(int attempt, ProviderFailure failure, Deadline deadline) {
    var pause = pause(attempt, failure);
    if (attempt == rules.attempts()
        || pause == null
        || deadline.remainingNanos() < pause.plus(rules.shortestAttempt()).toNanos()) {
      return false;
    }
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Null where another attempt cannot help: what was refused or misunderstood stays so. */
  private @Nullable Duration pause(int attempt, ProviderFailure failure) {
    var backOff = Duration.ofMillis(pauses.apply(attempt));
    return switch (failure.reason()) {
      case UNREACHABLE -> backOff;
      // its own wish counts, and a little more, so that not everybody comes at once
      case UNAVAILABLE ->
          failure.retryAfter() == null ? backOff : failure.retryAfter().plus(backOff);
      case RATE_LIMITED -> failure.retryAfter() == null ? null : failure.retryAfter().plus(backOff);
      case TIMEOUT,
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
          null;
    };
  }
}
