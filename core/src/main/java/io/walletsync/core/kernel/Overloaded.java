package io.walletsync.core.kernel;

/** So much waits already that more would only wait longer. Nothing was begun. */
public final class Overloaded extends RuntimeException {
  public Overloaded(int waiting) {
    super(waiting + " wait already");
  }
}
