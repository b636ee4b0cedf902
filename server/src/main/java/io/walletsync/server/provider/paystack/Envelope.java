package io.walletsync.server.provider.paystack;

import io.walletsync.server.provider.StrictJson;
import io.walletsync.server.provider.UnreadableReply;
import tools.jackson.databind.JsonNode;

/**
 * The frame of every Paystack answer (API reference, "Response Format"). Its {@code status} is a
 * boolean that says whether the call worked; only when it is true does {@code data} count.
 */
sealed interface Envelope {
  /** The call worked. */
  record Data(JsonNode rows) implements Envelope {}

  /** Paystack says no; there is no data to read. */
  record No() implements Envelope {}

  static Envelope open(byte[] body) throws UnreadableReply {
    var envelope = StrictJson.object(body);
    return StrictJson.bool(envelope, "status")
        ? new Data(StrictJson.array(envelope, "data"))
        : new No();
  }
}
