package io.walletsync.core.sync;

import io.walletsync.core.kernel.DatabaseClock;
import io.walletsync.core.provider.BalanceProvider.AccountBalance;
import io.walletsync.core.provider.BalanceProviders;
import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.provider.ProviderFailure.Reason;
import io.walletsync.core.wallet.Connections.OpenConnection;
import io.walletsync.core.wallet.Holding;
import io.walletsync.core.wallet.ProviderId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Asks providers on behalf of everybody who waits: one call serves all who came before it started,
 * and nobody is served by a call that started before it came.
 */
public final class SharedCalls {
  private static final int MOST_WAITING = 1_000;
  private static final Duration DRAGGING_AFTER = Duration.ofSeconds(1);
  private static final int MOST_AT_ONCE = 4;
  private static final ProviderFailure BUSY =
      new ProviderFailure(
          Reason.BUSY, "Too many wait for this provider already.", Duration.ofSeconds(5));
  private static final ProviderFailure TOO_LATE =
      ProviderFailure.of(Reason.TIMEOUT, "The provider gave no whole reply in time.");
  private static final ProviderFailure INTERRUPTED =
      ProviderFailure.of(Reason.UNREACHABLE, "The call to the provider was interrupted.");

  private final BalanceProviders providers;
  private final int mostWaiting;
  private final CallLines lines;
  private final Map<ProviderId, Semaphore> seats = new ConcurrentHashMap<>();

  public SharedCalls(BalanceProviders providers) {
    this(providers, MOST_WAITING, new CallLines(DRAGGING_AFTER, MOST_AT_ONCE));
  }

  /**
   * Sets the limits.
   *
   * @param mostWaiting how many may wait for one provider, so that a slow one cannot take every
   *     thread and all memory from the others
   */
  SharedCalls(BalanceProviders providers, int mostWaiting, CallLines lines) {
    this.providers = providers;
    this.mostWaiting = mostWaiting;
    this.lines = lines;
  }

  /**
   * What the provider says of each holding, by a call that starts after this method was entered. A
   * call that breaks, which is not one that fails, breaks for all who wait for it.
   *
   * @param clock tells the database's time of the call
   * @param patience when to give up at the latest
   */
  public Map<Holding, Answer> ask(
      OpenConnection connection, Set<Holding> wanted, DatabaseClock clock, Duration patience) {
    var givesUpAt = System.nanoTime() + patience.toNanos();
    var seat =
        seats.computeIfAbsent(connection.connection().provider(), _ -> new Semaphore(mostWaiting));
    if (!seat.tryAcquire()) {
      return failed(wanted, clock, BUSY);
    }
    var places = List.<Place>of();
    try {
      // all are joined before one is waited for: the calls of one caller run side by side
      places = join(connection, wanted, clock, givesUpAt);
      var answers = new HashMap<Holding, Answer>();
      for (var place : places) {
        answers.putAll(await(place));
      }
      return answers;
    } finally {
      places.forEach(place -> lines.leave(place.key(), place.call(), place.waiter()));
      seat.release();
    }
  }

  private List<Place> join(
      OpenConnection connection, Set<Holding> wanted, DatabaseClock clock, long givesUpAt) {
    var provider = providers.get(connection.connection());
    return wanted.stream()
        .collect(Collectors.groupingBy(provider::callFor, Collectors.toUnmodifiableSet()))
        .entrySet()
        .stream()
        .map(
            group -> {
              var key = new CallLines.Key(connection.connection().id(), group.getKey());
              var waiter = new Waiter(connection, group.getValue(), clock, givesUpAt);
              return new Place(key, lines.join(key, provider, waiter), waiter);
            })
        .toList();
  }

  private static Map<Holding, Answer> await(Place place) {
    var waiter = place.waiter();
    try {
      var answers =
          place.call().answers().get(waiter.patienceAt(System.nanoTime()), TimeUnit.NANOSECONDS);
      return waiter.wanted().stream()
          .collect(Collectors.toUnmodifiableMap(Function.identity(), answers::get));
    } catch (TimeoutException e) {
      return failed(waiter.wanted(), waiter.clock(), TOO_LATE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(waiter.wanted(), waiter.clock(), INTERRUPTED);
    } catch (ExecutionException e) {
      // as it is, for it says what is broken: a database that is away is told apart
      switch (e.getCause()) {
        case RuntimeException broken -> throw broken;
        case Error broken -> throw broken;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  private static Map<Holding, Answer> failed(
      Set<Holding> wanted, DatabaseClock clock, ProviderFailure failure) {
    var answer = new Answer(clock.readAt(), clock.now(), new Told.Failure(failure));
    return wanted.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), _ -> answer));
  }

  /** A caller's place in one call. */
  private record Place(CallLines.Key key, SharedCall call, Waiter waiter) {}

  /**
   * What was said of one holding.
   *
   * @param callStartedAt when the call started, by the database's clock
   * @param answeredAt when its reply was there, by the database's clock
   */
  public record Answer(Instant callStartedAt, Instant answeredAt, Told told) {}

  /** A balance, or the reason why there is none. */
  public sealed interface Told {
    record OfBalance(AccountBalance balance) implements Told {}

    record Failure(ProviderFailure failure) implements Told {}
  }
}
