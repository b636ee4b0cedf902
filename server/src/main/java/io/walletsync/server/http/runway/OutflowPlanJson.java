package io.walletsync.server.http.runway;

import io.walletsync.core.runway.OutflowPlan;
import io.walletsync.core.runway.PlannedOutflow;
import io.walletsync.core.wallet.Wallet;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** What is planned to leave a wallet, as the API shows it. */
@JsonNaming(SnakeCaseStrategy.class)
record OutflowPlanJson(
    UUID walletId,
    String currency,
    String minimum,
    List<Outflow> outflows,
    @Nullable Instant changedAt,
    @Nullable String changedBy) {

  static OutflowPlanJson of(OutflowPlan plan) {
    return new OutflowPlanJson(
        plan.wallet().value(),
        plan.minimum().currency().value(),
        plan.minimum().toDecimalString(),
        plan.outflows().stream().map(Outflow::of).toList(),
        plan.changedAt(),
        plan.changedBy());
  }

  /** Of a wallet for which nobody ever planned. */
  static OutflowPlanJson none(Wallet wallet) {
    var currency = wallet.currency();
    return new OutflowPlanJson(
        wallet.id().value(),
        currency.value(),
        currency.write(BigDecimal.ZERO),
        List.of(),
        null,
        null);
  }

  /** One payout that is planned. */
  record Outflow(Instant at, String amount, String reference) {
    static Outflow of(PlannedOutflow it) {
      return new Outflow(it.at(), it.amount().toDecimalString(), it.reference());
    }
  }
}
