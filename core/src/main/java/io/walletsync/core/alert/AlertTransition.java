package io.walletsync.core.alert;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One step in the life of an alert, kept for ever.
 *
 * @param step which one of the alert's, counted from 1 without a gap
 * @param by the name of the API key, or of the part of WalletSync
 * @param how what ended it; only of an end
 * @param until when a snooze ends; only of a snooze
 */
public record AlertTransition(
    UUID id,
    UUID alertId,
    int step,
    Alert.State to,
    Instant at,
    String by,
    Alert.@Nullable How how,
    @Nullable String note,
    @Nullable Instant until) {
  /** It opened, or is open again. */
  static AlertTransition opened(UUID id, Alert alert, int step, Instant at) {
    return new AlertTransition(
        id, alert.id(), step, Alert.State.OPEN, at, AlertWriter.SYSTEM, null, null, null);
  }

  public static AlertTransition resolved(UUID id, Alert alert, Alert.Resolved how) {
    return new AlertTransition(
        id,
        alert.id(),
        alert.step(),
        Alert.State.RESOLVED,
        how.at(),
        how.by(),
        how.how(),
        how.note(),
        null);
  }
}
