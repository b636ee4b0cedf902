package io.walletsync.server.provider.simulator;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/** What a simulator answers: a status and a body. */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
public record Answer(int status, byte[] body) {
  /** The body as JSON without spaces, in the order in which its fields were put. */
  public static Answer json(int status, JsonNode body) {
    return new Answer(status, body.toString().getBytes(StandardCharsets.UTF_8));
  }
}
