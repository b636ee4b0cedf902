package io.walletsync.core.balance;

import java.util.List;

/** Where observations are recorded. */
public interface Recording {
  /**
   * Returns what became of each observation, in their order, after everything is committed. Must
   * not be called in an open transaction.
   */
  List<Recorded> record(List<Observation> observations);
}
