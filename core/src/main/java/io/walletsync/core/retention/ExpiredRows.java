package io.walletsync.core.retention;

/** The rows of one kind whose time is over, wherever they are kept. */
@FunctionalInterface
public interface ExpiredRows {
  /**
   * Deletes at most so many, oldest first, in one short transaction of its own, and returns how
   * many. Fewer than asked for: none is left that nobody else is at work on.
   */
  int forget(int atMost);
}
