package io.walletsync.server.provider.flutterwave.v3;

import io.walletsync.server.provider.StrictJson;
import io.walletsync.server.provider.UnreadableReply;
import tools.jackson.databind.JsonNode;

/**
 * The frame of every answer of API v3. Its {@code status} is a text, {@code success} or {@code
 * error}, and decides: a wallet that does not exist is an error under status 200 (API v3, "Get
 * balance per currency").
 */
sealed interface Envelope {
  /** The call worked. */
  record Data(JsonNode data) implements Envelope {}

  /**
   * Flutterwave says no; there is no data to read.
   *
   * @param message its words, to compare and never to repeat
   */
  record No(String message) implements Envelope {}

  static Envelope open(byte[] body) throws UnreadableReply {
    var envelope = StrictJson.object(body);
    return switch (StrictJson.text(envelope, "status")) {
      case "success" -> new Data(envelope.path("data"));
      case "error" -> new No(envelope.path("message").asString(""));
      default -> throw new UnreadableReply();
    };
  }
}
