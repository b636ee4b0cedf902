package io.walletsync.core.memory;

import io.walletsync.core.delivery.Delivery;
import io.walletsync.core.delivery.Delivery.Attempt;
import io.walletsync.core.delivery.Delivery.Claim;
import io.walletsync.core.delivery.Delivery.Draft;
import io.walletsync.core.delivery.Delivery.State;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A delivery with what is kept apart from it.
 *
 * @param waitingSince when it was added or last replayed
 */
record DeliveryRow(
    Delivery delivery,
    String payload,
    Instant waitingSince,
    @Nullable UUID token,
    List<Attempt> attempts) {

  static DeliveryRow of(Draft draft, Instant now) {
    return new DeliveryRow(
        new Delivery(
            draft.subscription(),
            draft.event(),
            draft.kind(),
            draft.occurredAt(),
            State.WAITING,
            0,
            0,
            now,
            now,
            null),
        draft.payload(),
        now,
        null,
        List.of());
  }

  boolean isWaiting() {
    return delivery.state() == State.WAITING;
  }

  boolean isDue(Instant now) {
    return isWaiting() && delivery.dueAt() != null && !delivery.dueAt().isAfter(now);
  }

  DeliveryRow replayed(Instant now) {
    return new DeliveryRow(
        with(State.WAITING, delivery.attempts(), 0, now, null), payload, now, null, attempts);
  }

  DeliveryRow leased(UUID next, Instant until) {
    return new DeliveryRow(
        with(State.WAITING, delivery.attempts(), delivery.failures(), until, null),
        payload,
        waitingSince,
        next,
        attempts);
  }

  Claim claim() {
    return new Claim(
        delivery.subscription(),
        delivery.event(),
        Objects.requireNonNull(token),
        delivery.failures(),
        payload);
  }

  DeliveryRow tried(Attempt attempt, State state, @Nullable Instant dueAt, Instant now) {
    return new DeliveryRow(
        with(
            state,
            delivery.attempts() + 1,
            state == State.DELIVERED ? 0 : delivery.failures() + 1,
            dueAt,
            state == State.WAITING ? null : now),
        payload,
        waitingSince,
        null,
        Stream.concat(attempts.stream(), Stream.of(attempt)).toList());
  }

  DeliveryRow givenUp(Instant now) {
    return new DeliveryRow(
        with(State.DEAD, delivery.attempts(), delivery.failures(), null, now),
        payload,
        waitingSince,
        null,
        attempts);
  }

  private Delivery with(
      State state,
      int attemptsMade,
      int failures,
      @Nullable Instant dueAt,
      @Nullable Instant settledAt) {
    return new Delivery(
        delivery.subscription(),
        delivery.event(),
        delivery.kind(),
        delivery.occurredAt(),
        state,
        attemptsMade,
        failures,
        dueAt,
        delivery.createdAt(),
        settledAt);
  }
}
