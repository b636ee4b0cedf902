package io.walletsync.core.bulk;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.wallet.Visibility;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Many wallets that are synced on demand, and how far that is.
 *
 * @param visibility what whoever started it could see: the run reaches no further
 * @param startedBy the API key that started it, for whom its syncs are made
 * @param total how many wallets it found when it started; what was opened or closed meanwhile is
 *     evened out when it ends
 * @param readAt the database's time when the rest was so
 */
public record SyncRun(
    UUID id,
    SyncRunFilter filter,
    Visibility visibility,
    Actor startedBy,
    Instant createdAt,
    long total,
    Tally tally,
    State state,
    @Nullable Instant finishedAt,
    Instant readAt) {
  /** Where a run is in its life; the names are stored. */
  public enum State {
    RUNNING,
    COMPLETED,
    /** What was in flight when it was cancelled was still finished and counted. */
    CANCELLED
  }

  public long remaining() {
    return Math.max(0, total - tally.done());
  }

  /** Wallets a second, from the start of the run until now or its end; null before the first. */
  public @Nullable BigDecimal ratePerSecond() {
    var micros = elapsed().toNanos() / 1_000;
    return tally.done() == 0 || micros <= 0
        ? null
        : BigDecimal.valueOf(tally.done())
            .multiply(BigDecimal.valueOf(1_000_000))
            .divide(BigDecimal.valueOf(micros), 2, RoundingMode.HALF_UP);
  }

  /** When it ends if it goes on as until now; null while nothing is known, or when it is over. */
  public @Nullable Instant expectedEnd() {
    if (state != State.RUNNING || tally.done() == 0) {
      return null;
    }
    var micros =
        BigDecimal.valueOf(elapsed().toNanos() / 1_000)
            .multiply(BigDecimal.valueOf(remaining()))
            .divide(BigDecimal.valueOf(tally.done()), 0, RoundingMode.UP);
    return readAt.plus(Duration.ofSeconds(micros.longValue() / 1_000_000));
  }

  private Duration elapsed() {
    return Duration.between(createdAt, finishedAt == null ? readAt : finishedAt);
  }
}
