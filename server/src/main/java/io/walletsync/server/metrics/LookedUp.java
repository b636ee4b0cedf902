package io.walletsync.server.metrics;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the database tells for gauges, looked up at most every 15 s however often it is scraped.
 * What cannot be looked up is not looked up again at once: a scrape has little time.
 */
final class LookedUp<T> {
  private static final Logger LOG = LoggerFactory.getLogger(LookedUp.class);
  private static final Duration EVERY = Duration.ofSeconds(15);
  private static final String ONLY = "";

  private final LoadingCache<String, Optional<T>> cache;

  /**
   * Looks nothing up yet.
   *
   * @param what the words of the log where it cannot be looked up
   * @param source empty where there is nothing to tell
   */
  LookedUp(String what, Supplier<Optional<T>> source) {
    cache = Caffeine.newBuilder().expireAfterWrite(EVERY).build(_ -> lookUp(what, source));
  }

  /** Not a number where nothing is known or the database cannot say: unknown is not zero. */
  double value(ToDoubleFunction<T> part) {
    return cache.get(ONLY).map(part::applyAsDouble).orElse(Double.NaN);
  }

  private static <T> Optional<T> lookUp(String what, Supplier<Optional<T>> source) {
    try {
      return source.get();
    } catch (RuntimeException e) {
      LOG.warn("Cannot look up {}: {}", what, e.getMessage());
      return Optional.empty();
    }
  }
}
