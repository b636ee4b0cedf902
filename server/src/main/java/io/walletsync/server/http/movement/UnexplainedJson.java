package io.walletsync.server.http.movement;

import io.walletsync.core.movement.MovementFindings.Unexplained;
import java.util.UUID;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What is unexplained of a wallet, as the API shows it.
 *
 * @param changes how many changes are
 * @param net what is left of them together
 * @param amount the same without signs
 */
@JsonNaming(SnakeCaseStrategy.class)
record UnexplainedJson(
    UUID walletId,
    UUID connectionId,
    String provider,
    String currency,
    long changes,
    String net,
    String amount) {
  static UnexplainedJson of(Unexplained it) {
    return new UnexplainedJson(
        it.wallet().value(),
        it.connection().value(),
        it.provider().value(),
        it.amount().currency().value(),
        it.changes(),
        it.net().toDecimalString(),
        it.amount().toDecimalString());
  }
}
