package io.walletsync.server.http.wire;

import io.walletsync.core.kernel.Text;

/** Reads why a person decided as they did: something printable, as long as it is ever kept. */
public final class NoteText {
  private static final int LONGEST = 500;

  private NoteText() {}

  /** For a field: {@link io.walletsync.core.kernel.InvalidValue} if it is none. */
  public static String parse(String text) {
    return Text.printable(text, LONGEST);
  }
}
