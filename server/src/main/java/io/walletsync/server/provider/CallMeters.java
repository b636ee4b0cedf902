package io.walletsync.server.provider;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.walletsync.core.provider.ProviderFailure.Reason;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/** Counts what becomes of calls before they are sent. Labels never name a connection. */
final class CallMeters {
  private static final List<Reason> RETRIED =
      List.of(Reason.UNREACHABLE, Reason.UNAVAILABLE, Reason.RATE_LIMITED);
  private static final List<Reason> NOT_SENT =
      List.of(Reason.RATE_LIMITED, Reason.CIRCUIT_OPEN, Reason.QUOTA_SPENT, Reason.BUSY);

  private final MeterRegistry registry;
  private final Set<String> shown = ConcurrentHashMap.newKeySet();

  CallMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * Shows a provider's meters from its first call on, at zero; a second time changes nothing.
   *
   * @param openCircuits how many of its circuits are open
   */
  void show(String provider, IntSupplier openCircuits) {
    if (!shown.add(provider)) {
      return;
    }
    RETRIED.forEach(reason -> retries(provider, reason));
    NOT_SENT.forEach(reason -> callsNotSent(provider, reason));
    Gauge.builder("walletsync.provider.circuits.open", openCircuits::getAsInt)
        .tag("provider", provider)
        .strongReference(true)
        .register(registry);
  }

  /** An attempt after one that failed for the given reason. */
  void retried(String provider, Reason reason) {
    retries(provider, reason).increment();
  }

  void notSent(String provider, Reason reason) {
    callsNotSent(provider, reason).increment();
  }

  private Counter retries(String provider, Reason reason) {
    return counter("walletsync.provider.retries", provider, reason);
  }

  private Counter callsNotSent(String provider, Reason reason) {
    return counter("walletsync.provider.calls.not.sent", provider, reason);
  }

  private Counter counter(String name, String provider, Reason reason) {
    return registry.counter(name, "provider", provider, "reason", reason.code());
  }
}
