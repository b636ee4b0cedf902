package io.walletsync.core.delivery;

import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.notification.Notification.Kind;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event for one subscription; there is never a second one of both.
 *
 * @param event its id for the receiver too, however often it is sent
 * @param attempts all that were made
 * @param failures in a row, since it began or was last replayed
 * @param dueAt when it is tried next; null where it is not
 * @param settledAt when it was delivered or given up
 */
public record Delivery(
    UUID subscription,
    UUID event,
    Kind kind,
    Instant occurredAt,
    State state,
    int attempts,
    int failures,
    @Nullable Instant dueAt,
    Instant createdAt,
    @Nullable Instant settledAt) {

  /**
   * One that is to be kept.
   *
   * @param payload sent as it is each time
   */
  public record Draft(
      UUID subscription, UUID event, Kind kind, Instant occurredAt, String payload) {
    @Override
    public String toString() {
      return "Draft[" + subscription + " " + event + "]";
    }
  }

  /**
   * One that is ours until its lease ends.
   *
   * @param token tells this lease from a later one
   */
  public record Claim(UUID subscription, UUID event, UUID token, int failures, String payload) {
    @Override
    public String toString() {
      return "Claim[" + subscription + " " + event + "]";
    }
  }

  /**
   * One attempt that was made.
   *
   * @param status null where no answer came
   * @param error null where it was taken
   * @param snippet the beginning of what the receiver said, for its owner alone
   */
  public record Attempt(
      Instant at,
      long durationMillis,
      @Nullable Integer status,
      @Nullable String error,
      @Nullable String snippet) {}

  /** Where it is; the names are stored. */
  public enum State {
    WAITING,
    DELIVERED,
    /** Given up; it can be replayed. */
    DEAD;

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The state of that code, or {@link InvalidValue}. */
    public static State of(String code) {
      return Arrays.stream(values())
          .filter(state -> state.code().equals(code))
          .findFirst()
          .orElseThrow(() -> new InvalidValue("must be one of waiting, delivered, dead"));
    }
  }
}
