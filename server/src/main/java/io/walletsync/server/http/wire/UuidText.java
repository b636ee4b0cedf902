package io.walletsync.server.http.wire;

import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.server.http.problem.InvalidRequest;
import java.util.UUID;

/** Reads UUIDs strictly: the JDK's own reader takes {@code 1-1-1-1-1} for one. */
public final class UuidText {
  private static final int LENGTH = 36;

  private UuidText() {}

  /** For a field: {@link InvalidValue} if it is none. */
  public static UUID parse(String text) {
    try {
      // of this length it takes only what has the dashes where they belong
      if (text.length() == LENGTH) {
        var uuid = UUID.fromString(text);
        if (uuid.toString().equalsIgnoreCase(text)) {
          return uuid;
        }
      }
    } catch (IllegalArgumentException _) {
      // falls through to the one sentence for everything that is none
    }
    throw new InvalidValue("must be a UUID");
  }

  /** For a path variable or parameter of that name: {@link InvalidRequest} if it is none. */
  public static UUID parse(String name, String text) {
    return InvalidRequest.checked(name, () -> parse(text));
  }
}
