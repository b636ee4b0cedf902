package io.walletsync.core.kernel;

import java.util.function.Supplier;

/** Driven port: runs work so that all of it is kept or none of it. */
public interface Transactions {
  /**
   * Runs the work in one transaction (joining one that is already open) and commits when it
   * returns. Whatever it throws rolls everything back and reaches the caller.
   */
  <T> T inTransaction(Supplier<T> work);

  /**
   * Like {@link #inTransaction}, and the commit does not wait for the disk: should the database
   * itself crash within the next moment, the work may be lost, whole. For what is of no use after
   * such a crash. Inside an open transaction it lasts as that one does.
   */
  default <T> T inLazyTransaction(Supplier<T> work) {
    return inTransaction(work);
  }

  /**
   * Whether the work that failed so was certainly undone for a reason of its own, so that less of
   * it may succeed. False where the database is away, or may have committed it all the same.
   */
  default boolean isUndone(RuntimeException failure) {
    return true;
  }
}
