package io.walletsync.server.http.alert;

import io.walletsync.core.alert.Alert;
import io.walletsync.core.alert.Alert.Resolved;
import io.walletsync.core.alert.Alert.Subject;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * An alert as the API shows it.
 *
 * @param conditionHolds whether the condition goes on, also after a person resolved the alert
 */
@JsonNaming(SnakeCaseStrategy.class)
record AlertJson(
    UUID alertId,
    UUID ruleId,
    int ruleRevision,
    String ruleName,
    String kind,
    String severity,
    @Nullable UUID walletId,
    @Nullable UUID connectionId,
    @Nullable UUID subscriptionId,
    String state,
    boolean conditionHolds,
    @Nullable String currency,
    @Nullable String previous,
    @Nullable String current,
    @Nullable String limit,
    Instant openedAt,
    @Nullable Instant snoozedUntil,
    @Nullable String resolvedHow,
    @Nullable Instant resolvedAt,
    @Nullable String resolvedBy,
    @Nullable String note,
    @Nullable String resolvedValue) {

  static AlertJson of(Alert alert) {
    var wallet = alert.subject().ofWallet().orElse(null);
    var currency = alert.currency();
    return new AlertJson(
        alert.id(),
        alert.ruleId(),
        alert.ruleRevision(),
        alert.ruleName(),
        alert.kind().code(),
        alert.severity().code(),
        wallet == null ? null : wallet.wallet().value(),
        wallet == null ? null : wallet.connection().value(),
        alert.subject() instanceof Subject.OfChannel(var channel) ? channel : null,
        alert.state().code(),
        alert.holds(),
        currency == null ? null : currency.value(),
        alert.previous(),
        alert.current(),
        alert.limit(),
        alert.openedAt(),
        alert.snoozedUntil(),
        resolved(alert, how -> how.how().code()),
        resolved(alert, Resolved::at),
        resolved(alert, Resolved::by),
        resolved(alert, Resolved::note),
        resolved(alert, Resolved::value));
  }

  private static <T> @Nullable T resolved(Alert alert, Function<Resolved, @Nullable T> part) {
    var resolved = alert.resolved();
    return resolved == null ? null : part.apply(resolved);
  }
}
