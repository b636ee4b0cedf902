package io.walletsync.core.balance;

import org.jspecify.annotations.Nullable;

/** Whether a strange reading was looked at again before it is judged. */
public sealed interface Look {
  /** Not yet: a strange reading is handed back, to be looked at again. */
  record First() implements Look {}

  /**
   * By a second call that started after the first one had answered.
   *
   * @param first what the first call said
   * @param reason why that was strange
   */
  record Again(Observation first, Strangeness reason) implements Look {}

  /** No second answer could be had. */
  record Last() implements Look {}

  /**
   * A person vouches for it.
   *
   * @param note why, in the person's words
   */
  record Accepted(@Nullable String note) implements Look {}
}
