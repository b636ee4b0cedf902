package io.walletsync.server.provider;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** The pages of feeds that count them from one, and whose windows are whole days. */
public final class PageNumber {
  private PageNumber() {}

  /** The number that a page is named by; the first where it has no name. */
  public static int of(@Nullable String page) {
    return page == null ? 1 : Integer.parseInt(page);
  }

  public static String after(int page) {
    return Integer.toString(page + 1);
  }

  /** The day of a moment and some more: it is not documented where in the world a day begins. */
  public static LocalDate day(Instant moment, int more) {
    return LocalDate.ofInstant(moment, ZoneOffset.UTC).plusDays(more);
  }
}
