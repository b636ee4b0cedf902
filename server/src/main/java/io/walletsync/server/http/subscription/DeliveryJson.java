package io.walletsync.server.http.subscription;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.walletsync.core.delivery.Delivery;
import io.walletsync.core.delivery.Delivery.Attempt;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * One event for one subscription.
 *
 * @param deliveryId the event's own, and the {@code webhook-id} of each attempt
 * @param attemptLog only where one is read alone
 */
@JsonNaming(SnakeCaseStrategy.class)
record DeliveryJson(
    UUID deliveryId,
    String type,
    Instant occurredAt,
    String status,
    int attempts,
    int consecutiveFailures,
    @Nullable Instant nextAttemptAt,
    Instant createdAt,
    @Nullable Instant settledAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<AttemptJson> attemptLog) {

  static DeliveryJson of(Delivery delivery) {
    return json(delivery, null);
  }

  static DeliveryJson of(Delivery delivery, List<Attempt> attempts) {
    return json(delivery, attempts.stream().map(AttemptJson::of).toList());
  }

  private static DeliveryJson json(Delivery it, @Nullable List<AttemptJson> log) {
    return new DeliveryJson(
        it.event(),
        it.kind().code(),
        it.occurredAt(),
        it.state().code(),
        it.attempts(),
        it.failures(),
        it.dueAt(),
        it.createdAt(),
        it.settledAt(),
        log);
  }

  /**
   * One attempt.
   *
   * @param response the beginning of what the receiver said
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record AttemptJson(
      Instant attemptedAt,
      long durationMillis,
      @Nullable Integer responseStatus,
      @Nullable String error,
      @Nullable String response) {
    static AttemptJson of(Attempt attempt) {
      return new AttemptJson(
          attempt.at(),
          attempt.durationMillis(),
          attempt.status(),
          attempt.error(),
          attempt.snippet());
    }
  }
}
