package io.walletsync.server.http.payout;

import io.walletsync.core.payout.Reservation;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Money that is set aside for a payout, as the API shows it.
 *
 * @param overdue whether it should have ended by now and did not
 * @param coveredBy what shows that the money has left: a reading or a movement
 */
@JsonNaming(SnakeCaseStrategy.class)
record ReservationJson(
    UUID reservationId,
    UUID walletId,
    String reference,
    String state,
    String amount,
    String currency,
    Instant madeAt,
    String madeBy,
    long madeSequence,
    Instant expectedBy,
    boolean overdue,
    @Nullable Instant confirmedAt,
    @Nullable String confirmedBy,
    @Nullable String movementReference,
    @Nullable Instant endedAt,
    @Nullable String endedBy,
    @Nullable Long endedSequence,
    @Nullable String coveredBy,
    @Nullable String movementKey,
    @Nullable String note,
    @Nullable Boolean neverLeft) {

  static ReservationJson of(Reservation it, Instant now) {
    return new ReservationJson(
        it.id(),
        it.walletId().value(),
        it.reference(),
        it.state().code(),
        it.amount().toDecimalString(),
        it.amount().currency().value(),
        it.made().at(),
        it.made().by(),
        it.made().sequence(),
        it.expectedBy(),
        it.isOverdue(now),
        confirmed(it, Reservation.Confirmed::at),
        confirmed(it, Reservation.Confirmed::by),
        confirmed(it, Reservation.Confirmed::movementReference),
        ended(it, Reservation.Ended::at),
        ended(it, Reservation.Ended::by),
        ended(it, Reservation.Ended::sequence),
        ended(it, ReservationJson::coveredBy),
        ended(it, Reservation.Ended::movement),
        ended(it, Reservation.Ended::note),
        ended(it, Reservation.Ended::neverLeft));
  }

  private static @Nullable String coveredBy(Reservation.Ended ended) {
    if (ended.state() != Reservation.State.COVERED) {
      return null;
    }
    return ended.movement() == null ? "reading" : "movement";
  }

  private static <T> @Nullable T confirmed(
      Reservation it, Function<Reservation.Confirmed, @Nullable T> part) {
    var confirmed = it.confirmed();
    return confirmed == null ? null : part.apply(confirmed);
  }

  private static <T> @Nullable T ended(
      Reservation it, Function<Reservation.Ended, @Nullable T> part) {
    var ended = it.ended();
    return ended == null ? null : part.apply(ended);
  }
}
