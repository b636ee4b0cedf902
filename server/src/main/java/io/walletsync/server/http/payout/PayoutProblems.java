package io.walletsync.server.http.payout;

import io.walletsync.core.payout.Reservation;
import io.walletsync.server.http.problem.Problem;

/** What can be wrong with payouts and the money set aside for them. */
final class PayoutProblems {
  private PayoutProblems() {}

  static Problem notFound() {
    return Problem.of(
        404,
        "reservation-not-found",
        "There is no such reservation",
        "No reservation with this id belongs to a wallet that is visible to your API key.");
  }

  static Problem referenceReused(Reservation reservation) {
    return Problem.of(
            422,
            "payout-reference-reused",
            "The reference stands for a payout of another amount",
            "Use a new reference for a new payout; a reference stands for one payout and its amount.")
        .with("reservation_id", reservation.id().toString())
        .with("reserved_amount", reservation.amount().toDecimalString());
  }

  static Problem inQuestion() {
    return Problem.of(
        409,
        "reservation-in-question",
        "The money may have left the wallet",
        "It was confirmed, and readings since then were taken for other payouts. Import the movements,"
            + " or say never_left if the provider certainly took nothing.");
  }

  static Problem settledOtherwise(Reservation reservation, String detail) {
    return Problem.of(409, "reservation-settled", "The reservation went on in another way", detail)
        .with("reservation_state", reservation.state().code());
  }
}
