package io.walletsync.server.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.walletsync.core.retention.ForgetExpired.Outcome;
import io.walletsync.core.retention.Perishable;
import io.walletsync.core.retention.RetentionObserver;

/** Counts what is forgotten, from zero, so that a kind of which nothing was is seen too. */
final class MeteredRetention implements RetentionObserver {
  private static final String CLEARED = "cleared";
  private static final String MORE_LEFT = "more_left";
  private static final String ERROR = "error";

  private final MeterRegistry registry;

  MeteredRetention(MeterRegistry registry) {
    this.registry = registry;
    for (var kind : Perishable.values()) {
      forgot(kind, 0);
      for (var outcome : new String[] {CLEARED, MORE_LEFT, ERROR}) {
        count(kind, outcome, 0);
      }
    }
  }

  @Override
  public void forgot(Perishable kind, int rows) {
    registry.counter("walletsync.retention.deleted.rows", "kind", kind.label()).increment(rows);
  }

  @Override
  public void ended(Perishable kind, Outcome outcome) {
    switch (outcome) {
      case Outcome.Cleared _ -> count(kind, CLEARED, 1);
      case Outcome.MoreLeft _ -> count(kind, MORE_LEFT, 1);
    }
  }

  @Override
  public void broke(Perishable kind) {
    count(kind, ERROR, 1);
  }

  private void count(Perishable kind, String outcome, int rounds) {
    registry
        .counter("walletsync.retention.rounds", "kind", kind.label(), "outcome", outcome)
        .increment(rounds);
  }
}
