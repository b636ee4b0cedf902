package io.walletsync.core.movement;

import io.walletsync.core.movement.MovementFeed.Window;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How far the import of a wallet's movements is. It changes together with the movements it tells
 * of, so that whoever goes on after a crash reads a page again at most.
 *
 * @param complete null before the first window was read to its end
 * @param reading the window that is being read; null between two
 * @param page the page of it that comes next; null for the first one
 * @param uncheckedFrom since when movements may have come that the chain was not checked with; null
 *     where there are none
 * @param checkedUntil the time of the newest balance whose change was checked; null before the
 *     first
 */
public record ImportProgress(
    @Nullable Coverage complete,
    @Nullable Window reading,
    @Nullable String page,
    @Nullable Instant uncheckedFrom,
    @Nullable Instant checkedUntil) {
  /** Nothing was read yet. */
  public static final ImportProgress NONE = new ImportProgress(null, null, null, null, null);

  public Optional<Coverage> coverage() {
    return Optional.ofNullable(complete);
  }

  /** With a window open: the one that is, unless the new one begins before it. */
  ImportProgress reading(Window next) {
    return reading != null && !next.from().isBefore(reading.from())
        ? this
        : new ImportProgress(complete, next, null, uncheckedFrom, checkedUntil);
  }

  /** After a page, of which some movements were new. */
  ImportProgress afterPage(Optional<String> next, Stream<Instant> timesOfNew) {
    var window = window();
    var unchecked =
        Stream.concat(Stream.ofNullable(uncheckedFrom), timesOfNew)
            .min(Instant::compareTo)
            .orElse(null);
    return next.isPresent()
        ? new ImportProgress(complete, window, next.get(), unchecked, checkedUntil)
        : new ImportProgress(
            new Coverage(
                complete == null || window.from().isBefore(complete.from())
                    ? window.from()
                    : complete.from(),
                window.until()),
            null,
            null,
            unchecked == null || window.from().isBefore(unchecked) ? window.from() : unchecked,
            checkedUntil);
  }

  /** After a check that came to a balance of that time; null where it came to none. */
  ImportProgress checked(@Nullable Instant newest) {
    return new ImportProgress(
        complete, reading, page, null, newest == null ? checkedUntil : newest);
  }

  Window window() {
    if (reading == null) {
      throw new IllegalStateException("no window is open");
    }
    return reading;
  }
}
