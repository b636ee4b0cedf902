package io.walletsync.core.rule;

import io.walletsync.core.kernel.InvalidValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What an alert is about; the names are stored. */
public enum AlertKind {
  BALANCE_BELOW,
  BALANCE_ABOVE,
  BALANCE_CHANGED,
  DROPPED_TO_ZERO,
  BALANCE_STALE,
  SYNC_FAILING,
  READING_QUARANTINED,
  DRIFT_OVER,
  UNEXPLAINED_OVER,
  RUNWAY_BELOW,
  CHANNEL_SILENT,
  NO_SYNC,
  /** A rule would open more alerts at once than anybody reads; no rule asks for it. */
  STORM,
  /** A rule cannot be evaluated; no rule asks for it. */
  ENGINE_ERROR;

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Decided by balances alone, inside the transaction that records them. */
  public boolean isOfBalance() {
    return switch (this) {
      case BALANCE_BELOW, BALANCE_ABOVE, BALANCE_CHANGED, DROPPED_TO_ZERO -> true;
      case BALANCE_STALE,
          SYNC_FAILING,
          READING_QUARANTINED,
          DRIFT_OVER,
          UNEXPLAINED_OVER,
          RUNWAY_BELOW,
          CHANNEL_SILENT,
          NO_SYNC,
          STORM,
          ENGINE_ERROR ->
          false;
    };
  }

  /** Decided where the wallet is locked already; the others are mended in rounds. */
  public boolean isJudgedUnderLocks() {
    return isOfBalance() || this == READING_QUARANTINED;
  }

  /** About a wallet each, not about a channel, everything, or a rule. */
  public boolean isOfWallets() {
    return switch (this) {
      case BALANCE_BELOW,
          BALANCE_ABOVE,
          BALANCE_CHANGED,
          DROPPED_TO_ZERO,
          BALANCE_STALE,
          SYNC_FAILING,
          READING_QUARANTINED,
          DRIFT_OVER,
          UNEXPLAINED_OVER,
          RUNWAY_BELOW ->
          true;
      case CHANNEL_SILENT, NO_SYNC, STORM, ENGINE_ERROR -> false;
    };
  }

  /** The kind of that code, or {@link InvalidValue}. */
  public static AlertKind of(String code) {
    return Arrays.stream(values())
        .filter(kind -> kind.code().equals(code))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidValue(
                    "must be one of "
                        + Arrays.stream(values())
                            .map(AlertKind::code)
                            .collect(Collectors.joining(", "))));
  }
}
