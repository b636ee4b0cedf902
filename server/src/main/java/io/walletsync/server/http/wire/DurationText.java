package io.walletsync.server.http.wire;

import io.walletsync.core.kernel.InvalidValue;
import java.time.Duration;
import java.time.format.DateTimeParseException;

/** Reads ages as ISO 8601 writes durations. */
public final class DurationText {
  private DurationText() {}

  /** For a field: {@link InvalidValue} if it is none. */
  public static Duration parse(String text) {
    try {
      var duration = Duration.parse(text);
      if (!duration.isNegative()) {
        return duration;
      }
    } catch (DateTimeParseException _) {
      // falls through to the one sentence for everything that is no such duration
    }
    throw new InvalidValue("must be an ISO 8601 duration such as PT5M");
  }
}
