package io.walletsync.server.http.reconciliation;

import io.walletsync.core.money.Difference;
import io.walletsync.core.reconciliation.Comparison;
import io.walletsync.core.reconciliation.Reconciliation;
import io.walletsync.server.http.balance.SnapshotJson;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** A statement of the books and what became of it, as the API shows it. */
@JsonNaming(SnakeCaseStrategy.class)
public record ReconciliationJson(
    UUID reconciliationId,
    UUID walletId,
    UUID connectionId,
    String provider,
    String state,
    String reference,
    int revision,
    Instant asOf,
    String expectedBalance,
    String currency,
    String tolerance,
    String settlementLag,
    Instant windowEndsAt,
    String recordedBy,
    Instant recordedAt,
    @Nullable Instant knownUntil,
    @Nullable String balance,
    @Nullable String drift,
    @Nullable String explained,
    @Nullable String unexplained,
    @Nullable Instant nearestAt,
    @Nullable Instant comparedAt,
    @Nullable String settledHow,
    @Nullable Instant settledAt,
    @Nullable String settledBy,
    @Nullable String note,
    @Nullable UUID settledThrough,
    @Nullable UUID correctedBy) {

  public static ReconciliationJson of(Reconciliation it) {
    var expected = it.expected();
    return new ReconciliationJson(
        it.id(),
        expected.walletId().value(),
        it.connectionId().value(),
        it.provider().value(),
        it.state().code(),
        expected.reference(),
        it.revision(),
        expected.asOf(),
        expected.amount().toDecimalString(),
        expected.amount().currency().value(),
        expected.tolerance().toDecimalString(),
        expected.lag().toString(),
        expected.windowEnd(),
        it.recordedBy(),
        it.recordedAt(),
        it.knownUntil(),
        found(it, comparison -> SnapshotJson.text(comparison.balance())),
        found(it, comparison -> text(comparison.drift())),
        found(it, comparison -> text(comparison.explained())),
        found(it, comparison -> text(comparison.unexplained())),
        found(it, Comparison::nearestAt),
        found(it, Comparison::comparedAt),
        settled(it, settled -> settled.how().code()),
        settled(it, Reconciliation.Settled::at),
        settled(it, Reconciliation.Settled::by),
        settled(it, Reconciliation.Settled::note),
        settled(it, Reconciliation.Settled::through),
        it.correctedBy());
  }

  public static @Nullable String text(@Nullable Difference difference) {
    return difference == null ? null : difference.toDecimalString();
  }

  private static <T> @Nullable T found(Reconciliation it, Function<Comparison, @Nullable T> part) {
    var comparison = it.comparison();
    return comparison == null ? null : part.apply(comparison);
  }

  private static <T> @Nullable T settled(
      Reconciliation it, Function<Reconciliation.Settled, @Nullable T> part) {
    var settled = it.settled();
    return settled == null ? null : part.apply(settled);
  }
}
