package io.walletsync.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import picocli.CommandLine.TypeConversionException;

/** Reads what was typed as ids, durations and JSON; what is neither is refused in plain words. */
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

  /** The bytes to send, exactly as they were typed, or as the file behind an @ holds them. */
  static byte[] json(String text) {
    var bytes =
        text.startsWith("@") ? contents(text.substring(1)) : text.getBytes(StandardCharsets.UTF_8);
    var json = Json.read(new String(bytes, StandardCharsets.UTF_8));
    if (json == null || json.isMissingNode()) {
      throw new UsageProblem("What is to be sent is not JSON.");
    }
    return bytes;
  }

  private static byte[] contents(String file) {
    try {
      return Files.readAllBytes(Path.of(file));
    } catch (IOException | InvalidPathException unreadable) {
      throw new UsageProblem("Cannot read the file " + file + ".");
    }
  }

  static Duration duration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException notADuration) {
      throw new TypeConversionException("'" + text + "' is not a duration such as PT5M");
    }
  }
}
