package io.walletsync.server.http.subscription;

import io.walletsync.core.delivery.PingSubscription.Outcome.Pinged;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** What came of a test message. */
@JsonNaming(SnakeCaseStrategy.class)
record PingJson(
    UUID messageId,
    Instant sentAt,
    long durationMillis,
    boolean delivered,
    @Nullable Integer responseStatus,
    @Nullable String error,
    @Nullable String response) {
  static PingJson of(Pinged pinged) {
    var reply = pinged.reply();
    return new PingJson(
        pinged.message(),
        pinged.at(),
        pinged.durationMillis(),
        reply.isTaken(),
        reply.status(),
        reply.isTaken() ? null : reply.result().code(),
        reply.snippet());
  }
}
