package io.walletsync.core.balance;

import java.time.Instant;

/**
 * A wallet's newest snapshot and how fresh it is.
 *
 * @param confirmedAt when a reading last agreed with it
 * @param confirmedByCallStartedAt when the call behind that reading started: an older call's reply
 *     is late and replaces nothing
 */
public record LatestBalance(
    WalletBalanceSnapshot snapshot, Instant confirmedAt, Instant confirmedByCallStartedAt) {

  /**
   * Since when it is known that an older call's reading is no longer so: since the state began that
   * a younger call found, or since the younger call that found the same state started.
   */
  Instant youngerThan(Observation late) {
    var found = snapshot.callStartedAt();
    var younger = found.isAfter(late.callStartedAt()) ? found : confirmedByCallStartedAt;
    return snapshot.asOf().isAfter(younger) ? snapshot.asOf() : younger;
  }

  static LatestBalance firstSeen(WalletBalanceSnapshot snapshot) {
    return new LatestBalance(snapshot, snapshot.observedAt(), snapshot.callStartedAt());
  }

  LatestBalance confirmedBy(Observation observation) {
    var confirmed = observation.observedAt().isAfter(confirmedAt);
    return new LatestBalance(
        snapshot, confirmed ? observation.observedAt() : confirmedAt, observation.callStartedAt());
  }
}
