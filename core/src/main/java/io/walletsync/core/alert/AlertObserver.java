package io.walletsync.core.alert;

import io.walletsync.core.rule.AlertKind;
import java.time.Duration;

/** Told how the evaluation of rules goes, for metrics. */
public interface AlertObserver {
  /** Changed balances were judged, inside the transaction that records them. */
  void evaluated(Duration took);

  /** A rule could not be evaluated. */
  void failed(AlertKind kind);
}
