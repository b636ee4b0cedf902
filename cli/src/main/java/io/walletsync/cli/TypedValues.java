package io.walletsync.cli;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import picocli.CommandLine.TypeConversionException;

/** Reads what was typed as ids and durations; what is neither is refused in plain words. */
final class TypedValues {
  private TypedValues() {}

  static UUID uuid(String text) {
    try {
      var uuid = UUID.fromString(text);
      // The JDK also takes 1-1-1-1-1.
      if (uuid.toString().equalsIgnoreCase(text)) {
        return uuid;
      }
    } catch (IllegalArgumentException notAUuid) {
      // Answered below.
    }
    throw new TypeConversionException("'" + text + "' is not a UUID");
  }

  static Duration duration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException notADuration) {
      throw new TypeConversionException("'" + text + "' is not a duration such as PT5M");
    }
  }
}
