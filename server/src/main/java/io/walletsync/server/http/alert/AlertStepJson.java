package io.walletsync.server.http.alert;

import io.walletsync.core.alert.AlertTransition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** A step in the life of an alert. */
@JsonNaming(SnakeCaseStrategy.class)
record AlertStepJson(
    int step,
    String state,
    Instant at,
    String by,
    @Nullable String resolvedHow,
    @Nullable String note,
    @Nullable Instant snoozedUntil) {
  static AlertStepJson of(AlertTransition step) {
    var how = step.how();
    return new AlertStepJson(
        step.step(),
        step.to().code(),
        step.at(),
        step.by(),
        how == null ? null : how.code(),
        step.note(),
        step.until());
  }
}
