package io.walletsync.core.balance;

import io.walletsync.core.Examples;
import io.walletsync.core.audit.Actor;
import io.walletsync.core.kernel.RequestKey;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.WalletId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An ordinary observation to vary: the provider was asked in the morning, took a second, and said
 * 100 naira, without a name or a time for it.
 */
public final class ExampleObservation {
  /** A request of a test: another attempt is another worker. */
  public record Attempt(RequestKey requestKey, UUID worker) implements Completion {
    @Override
    public Optional<RequestKey> requestedUnder() {
      return Optional.of(requestKey);
    }
  }

  private final WalletId wallet;
  private final Balance balance;
  private final @Nullable ExternalBalanceId externalId;
  private final @Nullable Instant providerTime;
  private final Instant startedAt;
  private final Duration took;
  private final Source source;
  private final Actor actor;
  private final @Nullable String userId;
  private final @Nullable Completion completion;
  private final Look look;

  private ExampleObservation(
      WalletId wallet,
      Balance balance,
      @Nullable ExternalBalanceId externalId,
      @Nullable Instant providerTime,
      Instant startedAt,
      Duration took,
      Source source,
      Actor actor,
      @Nullable String userId,
      @Nullable Completion completion,
      Look look) {
    this.wallet = wallet;
    this.balance = balance;
    this.externalId = externalId;
    this.providerTime = providerTime;
    this.startedAt = startedAt;
    this.took = took;
    this.source = source;
    this.actor = actor;
    this.userId = userId;
    this.completion = completion;
    this.look = look;
  }

  public static ExampleObservation of(WalletId wallet) {
    return new ExampleObservation(
        wallet,
        Examples.balance("100"),
        null,
        null,
        Examples.MORNING,
        Duration.ofSeconds(1),
        Source.API,
        Examples.actor(),
        null,
        null,
        new Look.First());
  }

  public ExampleObservation balance(String naira) {
    return balance(Examples.balance(naira));
  }

  public ExampleObservation balance(Balance newBalance) {
    return new ExampleObservation(
        wallet,
        newBalance,
        externalId,
        providerTime,
        startedAt,
        took,
        source,
        actor,
        userId,
        completion,
        look);
  }

  /** Gives it the provider's name for the state; null for none. */
  public ExampleObservation named(@Nullable String id) {
    return new ExampleObservation(
        wallet,
        balance,
        id == null ? null : new ExternalBalanceId(id),
        providerTime,
        startedAt,
        took,
        source,
        actor,
        userId,
        completion,
        look);
  }

  public ExampleObservation providerTime(@Nullable Instant time) {
    return new ExampleObservation(
        wallet,
        balance,
        externalId,
        time,
        startedAt,
        took,
        source,
        actor,
        userId,
        completion,
        look);
  }

  /** Moves its start to so many seconds after the morning. */
  public ExampleObservation startedAfter(long seconds) {
    return startedAt(Examples.MORNING.plusSeconds(seconds));
  }

  public ExampleObservation startedAt(Instant start) {
    return new ExampleObservation(
        wallet,
        balance,
        externalId,
        providerTime,
        start,
        took,
        source,
        actor,
        userId,
        completion,
        look);
  }

  public ExampleObservation took(Duration duration) {
    return new ExampleObservation(
        wallet,
        balance,
        externalId,
        providerTime,
        startedAt,
        duration,
        source,
        actor,
        userId,
        completion,
        look);
  }

  public ExampleObservation by(Source newSource, Actor newActor, @Nullable String newUserId) {
    return new ExampleObservation(
        wallet,
        balance,
        externalId,
        providerTime,
        startedAt,
        took,
        newSource,
        newActor,
        newUserId,
        completion,
        look);
  }

  /** Lets it settle a request. */
  public ExampleObservation settling(Completion request) {
    return new ExampleObservation(
        wallet,
        balance,
        externalId,
        providerTime,
        startedAt,
        took,
        source,
        actor,
        userId,
        request,
        look);
  }

  public ExampleObservation looked(Look newLook) {
    return new ExampleObservation(
        wallet,
        balance,
        externalId,
        providerTime,
        startedAt,
        took,
        source,
        actor,
        userId,
        completion,
        newLook);
  }

  public Instant observedAt() {
    return startedAt.plus(took);
  }

  public Observation observation() {
    return new Observation(
        wallet,
        balance,
        externalId,
        providerTime,
        startedAt,
        observedAt(),
        source,
        Metadata.NONE,
        actor,
        userId,
        completion,
        look);
  }
}
