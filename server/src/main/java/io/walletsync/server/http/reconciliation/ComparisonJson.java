package io.walletsync.server.http.reconciliation;

import io.walletsync.core.reconciliation.Comparison;
import io.walletsync.server.http.balance.SnapshotJson;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** What one comparison found, as the API shows it. */
@JsonNaming(SnakeCaseStrategy.class)
record ComparisonJson(
    String verdict,
    @Nullable String balance,
    @Nullable String drift,
    @Nullable String explained,
    @Nullable String unexplained,
    @Nullable Instant nearestAt,
    Instant comparedAt) {

  static ComparisonJson of(Comparison comparison) {
    return new ComparisonJson(
        comparison.verdict().name().toLowerCase(Locale.ROOT),
        SnapshotJson.text(comparison.balance()),
        ReconciliationJson.text(comparison.drift()),
        ReconciliationJson.text(comparison.explained()),
        ReconciliationJson.text(comparison.unexplained()),
        comparison.nearestAt(),
        comparison.comparedAt());
  }
}
