package io.walletsync.server.provider.flutterwave.v4;

import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.provider.ProviderFailure.Reason;
import io.walletsync.server.provider.StrictJson;
import io.walletsync.server.provider.UnreadableReply;
import tools.jackson.databind.JsonNode;

/**
 * The frame of every answer of API v4: {@code status} is {@code success} with data or {@code
 * failed} with an error, whose {@code code} is a text (API v4, "Errors").
 */
sealed interface Envelope {
  /** The call worked. */
  record Data(JsonNode data) implements Envelope {}

  /**
   * Flutterwave says no; there is no data to read.
   *
   * @param code empty where it gives none
   */
  record No(String code) implements Envelope {
    boolean isNotFound() {
      return code.equals("10404");
    }

    /** What the code says, or else what the caller knows without it. */
    ProviderFailure failure(ProviderFailure otherwise) {
      return switch (code) {
        case "10401" -> failure(Reason.UNAUTHORIZED, "Flutterwave refused the access token.");
        case "10403" -> failure(Reason.FORBIDDEN, "Flutterwave forbids this client to see it.");
        case "10400", "10404", "10405", "10409", "10422" ->
            failure(Reason.REJECTED, "Flutterwave answered that the call is wrong.");
        case "10500", "10503" ->
            failure(Reason.UNAVAILABLE, "Flutterwave answered that it failed.");
        default -> otherwise;
      };
    }

    private static ProviderFailure failure(Reason reason, String sentence) {
      return ProviderFailure.of(reason, sentence);
    }
  }

  static Envelope open(byte[] body) throws UnreadableReply {
    var envelope = StrictJson.object(body);
    return switch (StrictJson.text(envelope, "status")) {
      case "success" -> new Data(envelope.path("data"));
      case "failed" -> new No(envelope.path("error").path("code").asString(""));
      default -> throw new UnreadableReply();
    };
  }
}
