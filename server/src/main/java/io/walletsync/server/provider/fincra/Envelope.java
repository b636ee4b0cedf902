package io.walletsync.server.provider.fincra;

import io.walletsync.server.provider.StrictJson;
import io.walletsync.server.provider.UnreadableReply;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The frame of Fincra's answers (API reference, every endpoint). Its {@code success} is a boolean
 * that says whether the call worked; the text of {@code message} changes and decides nothing.
 */
sealed interface Envelope {
  /** The call worked. */
  record Data(JsonNode data) implements Envelope {
    /**
     * The entries of a list. "Get all wallets" speaks of a single wallet instead of a list where
     * only one fits, so that one is a list of one.
     */
    List<JsonNode> entries() throws UnreadableReply {
      if (data.isArray()) {
        return data.valueStream().toList();
      }
      return List.of(StrictJson.requireObject(data));
    }
  }

  /** Fincra says no; there is no data to read. */
  record No() implements Envelope {}

  static Envelope open(byte[] body) throws UnreadableReply {
    var envelope = StrictJson.object(body);
    return StrictJson.bool(envelope, "success") ? new Data(envelope.path("data")) : new No();
  }
}
