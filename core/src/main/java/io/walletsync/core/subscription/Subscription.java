package io.walletsync.core.subscription;

import io.walletsync.core.channel.Channel;
import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.kernel.Text;
import io.walletsync.core.notification.EventFilter;
import io.walletsync.core.notification.Outbox.Place;
import io.walletsync.core.wallet.Visibility;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who wants to be told.
 *
 * @param limit of who made it, for ever: it is told of nothing that they could not see
 * @param since it is told of what comes behind this place
 * @param health how its receiver has answered; written as answers come in, not with the rest
 * @param disabledReason why it is told nothing any more; null where it is
 */
public record Subscription(
    UUID id,
    String name,
    Channel channel,
    EventFilter filter,
    Visibility limit,
    State state,
    @Nullable Reason disabledReason,
    @Nullable Instant disabledAt,
    Place since,
    Instant createdAt,
    Instant updatedAt,
    Health health) {
  private static final int LONGEST_NAME = 100;

  public Subscription {
    Text.printable(name, LONGEST_NAME);
    if ((state == State.DISABLED) != (disabledReason != null)) {
      throw new IllegalArgumentException("what is disabled says why");
    }
  }

  public Subscription as(State next, @Nullable Reason reason, Instant at) {
    return new Subscription(
        id,
        name,
        channel,
        filter,
        limit,
        next,
        reason,
        reason == null ? null : at,
        since,
        createdAt,
        at,
        health);
  }

  /** Whether what happens is kept for it; sending is another matter. */
  public boolean isTold() {
    return state != State.DISABLED;
  }

  /**
   * How its receiver answers.
   *
   * @param failingSince of the first failure that no success followed; null where there is none
   * @param quietUntil until when it asked to be left alone
   */
  public record Health(
      @Nullable Instant lastSuccessAt,
      @Nullable Instant lastFailureAt,
      @Nullable Instant failingSince,
      @Nullable Instant quietUntil) {
    public static final Health UNKNOWN = new Health(null, null, null, null);
  }

  /** Where it is in its life; the names are stored. */
  public enum State {
    ACTIVE,
    /** By a person: what happens is kept for it, and sent once it goes on. */
    PAUSED,
    /** By its receiver: what happens is not kept for it any more. */
    DISABLED;

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The state of that code, or {@link InvalidValue}. */
    public static State of(String code) {
      return Arrays.stream(values())
          .filter(state -> state.code().equals(code))
          .findFirst()
          .orElseThrow(() -> new InvalidValue("must be one of active, paused, disabled"));
    }
  }

  /** Why it was disabled; the names are stored. */
  public enum Reason {
    /** The receiver answered 410. */
    GONE,
    /** For days there was nothing but failures. */
    FAILED_FOR_DAYS;

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
