package io.walletsync.core.kernel;

import java.util.function.Supplier;

/** Driven port: runs work so that all of it is kept or none of it. */
public interface Transactions {
  /**
   * Runs the work in one transaction (joining one that is already open) and commits when it
   * returns. Whatever it throws rolls everything back and reaches the caller.
   */
  <T> T inTransaction(Supplier<T> work);
}
