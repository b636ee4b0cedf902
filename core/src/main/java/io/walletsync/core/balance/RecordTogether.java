package io.walletsync.core.balance;

import io.walletsync.core.kernel.Gathering;
import io.walletsync.core.kernel.Transactions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Records in one transaction what callers bring at the same time. None of them waits for another
 * one's wallet: one that somebody else has locked is recorded after the others, by its own caller.
 */
public final class RecordTogether implements Recording {
  private static final int MOST_AT_ONCE = 200;
  private static final int MOST_WAITING = 5_000;

  private final RecordBalances recordBalances;
  private final Gathering<Observation, Optional<Recorded>> gathering;

  public RecordTogether(RecordBalances recordBalances, Transactions transactions) {
    this.recordBalances = recordBalances;
    this.gathering =
        new Gathering<>(
            MOST_AT_ONCE,
            MOST_WAITING,
            recordBalances::recordFree,
            observations -> recordBalances.record(observations).stream().map(Optional::of).toList(),
            transactions::isUndone);
  }

  @Override
  public List<Recorded> record(List<Observation> observations) {
    var recorded = gathering.submit(observations);
    var left = new ArrayList<Observation>();
    for (var i = 0; i < recorded.size(); i++) {
      if (recorded.get(i).isEmpty()) {
        left.add(observations.get(i));
      }
    }
    if (left.isEmpty()) {
      return recorded.stream().map(Optional::orElseThrow).toList();
    }
    var waitedFor = recordBalances.record(left).iterator();
    return recorded.stream().map(it -> it.orElseGet(waitedFor::next)).toList();
  }
}
