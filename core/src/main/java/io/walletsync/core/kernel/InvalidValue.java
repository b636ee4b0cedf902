package io.walletsync.core.kernel;

/**
 * A value that no caller may give; the message says what is allowed and repeats no input, so it is
 * safe to show.
 */
public final class InvalidValue extends IllegalArgumentException {
  public InvalidValue(String message) {
    super(message);
  }
}
