package io.walletsync.server.provider;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.resilience4j.core.IntervalFunction;
import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.provider.ProviderFailure.Reason;
import io.walletsync.core.wallet.ConnectionId;
import java.net.http.HttpRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Calls a provider with care: tries again where that can help, and asks nothing of a provider that
 * wants peace or that keeps failing. A retry that may not be sent leaves the failure before it.
 */
final class GuardedCalls implements ProviderCalls {
  private static final double JITTER = 0.5;

  /** Longer than anything a guard remembers. */
  private static final Duration KEPT = Duration.ofMinutes(15);

  private final ProviderCalls calls;
  private final CalledConnections connections;
  private final CallMeters meters;
  private final CallRules rules;
  private final IntervalFunction pauses;
  private final LoadingCache<ConnectionId, Guarded> guards;

  GuardedCalls(
      ProviderCalls calls, CalledConnections connections, CallMeters meters, CallRules rules) {
    this.calls = calls;
    this.connections = connections;
    this.meters = meters;
    this.rules = rules;
    pauses = IntervalFunction.ofExponentialRandomBackoff(rules.firstPause(), 2.0, JITTER);
    guards = Caffeine.newBuilder().expireAfterAccess(KEPT).build(this::guarded);
  }

  /** A connection's guard, and whom it is asked of. */
  private record Guarded(String provider, ConnectionGuard guard) {}

  private Guarded guarded(ConnectionId connection) {
    var provider = connections.find(connection).map(c -> c.provider().value()).orElse("unknown");
    meters.show(provider, () -> openCircuits(provider));
    return new Guarded(provider, new ConnectionGuard(rules));
  }

  private int openCircuits(String provider) {
    return (int)
        guards.asMap().values().stream()
            .filter(guarded -> guarded.provider().equals(provider) && guarded.guard().isOpen())
            .count();
  }

  @Override
  public Result send(ConnectionId connection, HttpRequest request, Deadline deadline) {
    var guarded = guards.get(connection);
    try {
      if (!guarded.guard().enter(deadline)) {
        return notSent(
            guarded,
            ProviderFailure.of(Reason.BUSY, "Too many calls of this connection are under way."));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Result.Failed(
          ProviderFailure.of(Reason.UNREACHABLE, "The call to the provider was interrupted."));
    }
    try {
      return attempts(guarded, connection, request, deadline);
    } finally {
      guarded.guard().leave();
    }
  }

  private Result attempts(
      Guarded guarded, ConnectionId connection, HttpRequest request, Deadline deadline) {
    @Nullable Result last = null;
    for (var attempt = 1; ; attempt++) {
      var refusal = guarded.guard().admit();
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

  private Result attempt(
      ConnectionGuard guard, ConnectionId connection, HttpRequest request, Deadline deadline) {
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
