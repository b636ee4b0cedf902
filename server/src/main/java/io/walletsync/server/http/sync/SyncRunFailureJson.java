package io.walletsync.server.http.sync;

import io.walletsync.core.bulk.SyncRuns.Failure;
import java.time.Instant;
import java.util.UUID;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** A wallet of a run of which no balance was had, as the API shows it. */
@JsonNaming(SnakeCaseStrategy.class)
record SyncRunFailureJson(UUID walletId, String reason, String detail, Instant at) {
  static SyncRunFailureJson of(Failure failure) {
    return new SyncRunFailureJson(
        failure.wallet().value(), failure.reason(), failure.detail(), failure.at());
  }
}
