package io.walletsync.server.provider.paystack;

import io.walletsync.core.movement.MovementFeed.Row;
import io.walletsync.server.provider.FeedFacts;
import io.walletsync.server.provider.StrictJson;
import io.walletsync.server.provider.UnreadableReply;
import tools.jackson.databind.JsonNode;

/**
 * A row of the balance ledger as a movement: {@code difference} has a sign, {@code balance} is the
 * one after it, both in subunits, and {@code id} is unique (API reference, "Fetch Balance Ledger").
 */
final class LedgerMovement {
  private LedgerMovement() {}

  static Row read(JsonNode row) throws UnreadableReply {
    StrictJson.requireObject(row);
    var currency = StrictJson.currency(row, "currency");
    var facts = FeedFacts.of(row).keep("domain", "domain").keep("model_row", "model_row");
    var model = facts.metadata().entries().get("model_row");
    return new Row(
        Long.toString(StrictJson.integer(row, "id")),
        StrictJson.time(row, "createdAt"),
        Subunits.toMoney(StrictJson.integer(row, "difference"), currency),
        Subunits.toMoney(StrictJson.integer(row, "balance"), currency),
        FeedFacts.text(row, "model_responsible"),
        FeedFacts.text(row, "reason"),
        model,
        facts.metadata());
  }
}
