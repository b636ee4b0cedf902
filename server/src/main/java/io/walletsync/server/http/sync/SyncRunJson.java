package io.walletsync.server.http.sync;

import io.walletsync.core.bulk.SyncRun;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A run, as the API shows it.
 *
 * @param ratePerSecond wallets a second since it was created; null before the first
 * @param expectedEnd null while nothing is known, and when it is over
 */
@JsonNaming(SnakeCaseStrategy.class)
record SyncRunJson(
    UUID runId,
    String state,
    Map<String, Object> filter,
    long total,
    long done,
    long changed,
    long unchanged,
    long failed,
    long skipped,
    long remaining,
    @Nullable BigDecimal ratePerSecond,
    @Nullable Instant expectedEnd,
    String startedBy,
    Instant createdAt,
    @Nullable Instant finishedAt) {

  static SyncRunJson of(SyncRun run) {
    var tally = run.tally();
    return new SyncRunJson(
        run.id(),
        run.state().name().toLowerCase(Locale.ROOT),
        SyncRunFilterReader.write(run.filter()),
        run.total(),
        tally.done(),
        tally.changed(),
        tally.unchanged(),
        tally.failed(),
        tally.skipped(),
        run.remaining(),
        run.ratePerSecond(),
        run.expectedEnd(),
        run.startedBy().name(),
        run.createdAt(),
        run.finishedAt());
  }
}
