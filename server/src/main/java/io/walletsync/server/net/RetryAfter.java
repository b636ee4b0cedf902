package io.walletsync.server.net;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long somebody who is called asks to be left alone: from nothing to an hour, so that neither a
 * slip nor a wrong clock on the other side keeps us away for days.
 */
public final class RetryAfter {
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final Pattern SECONDS = Pattern.compile("[0-9]+");
  private static final int MAX_DIGITS = 9;

  private RetryAfter() {}

  /** Reads the header in its two forms, seconds or a date; null where it is garbage. */
  public static @Nullable Duration in(String header, Instant now) {
    var text = header.strip();
    if (SECONDS.matcher(text).matches()) {
      return text.length() > MAX_DIGITS
          ? LONGEST
          : clamp(Duration.ofSeconds(Integer.parseInt(text)));
    }
    try {
      var until = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
      return clamp(Duration.between(now, until));
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static Duration clamp(Duration wish) {
    if (wish.isNegative()) {
      return Duration.ZERO;
    }
    return wish.compareTo(LONGEST) > 0 ? LONGEST : wish;
  }
}
