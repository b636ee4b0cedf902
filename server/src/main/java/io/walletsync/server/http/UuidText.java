package io.walletsync.server.http;

import io.walletsync.core.kernel.InvalidValue;
import java.util.UUID;
import java.util.regex.Pattern;

/** Reads UUIDs strictly: the JDK's own reader takes {@code 1-1-1-1-1} for one. */
final class UuidText {
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private UuidText() {}

  /** For a field: {@link InvalidValue} if it is none. */
  static UUID parse(String text) {
    if (!UUID_TEXT.matcher(text).matches()) {
      throw new InvalidValue("must be a UUID");
    }
    return UUID.fromString(text);
  }

  /** For a path variable or parameter of that name: {@link InvalidRequest} if it is none. */
  static UUID parse(String name, String text) {
    return InvalidRequest.checked(name, () -> parse(text));
  }
}
