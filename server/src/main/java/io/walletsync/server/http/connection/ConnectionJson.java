package io.walletsync.server.http.connection;

import io.walletsync.core.provider.ReadCallBudgets;
import io.walletsync.core.wallet.Connection;
import io.walletsync.server.http.wallet.ScheduleJson;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A connection as the API shows it: never its credentials.
 *
 * @param secretHint at most the last four characters of the secret
 * @param schedule what holds for its wallets without one of their own; null for the standard one
 */
@JsonNaming(SnakeCaseStrategy.class)
record ConnectionJson(
    UUID connectionId,
    String provider,
    @Nullable String apiVersion,
    String name,
    @Nullable String environment,
    @Nullable String secretHint,
    CallBudgetJson callBudget,
    @Nullable ScheduleJson schedule,
    Instant createdAt) {

  static ConnectionJson of(Connection connection, ReadCallBudgets.State budget) {
    var environment = connection.environment();
    return new ConnectionJson(
        connection.id().value(),
        connection.provider().value(),
        connection.apiVersion(),
        connection.name(),
        environment == null ? null : environment.name().toLowerCase(Locale.ROOT),
        connection.secretHint(),
        CallBudgetJson.of(budget),
        ScheduleJson.orNull(connection.schedule()),
        connection.createdAt());
  }
}
