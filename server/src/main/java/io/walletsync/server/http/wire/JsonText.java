package io.walletsync.server.http.wire;

import io.walletsync.server.http.problem.InvalidRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a body as exactly one JSON object, strictly: two programs must never read two different
 * things out of the same bytes.
 */
final class JsonText {
  private static final int DEEPEST = 8;
  private static final int LONGEST_NUMBER = 64;
  private static final int LONGEST_TEXT = 65_536;

  private static final JsonMapper STRICT =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxNumberLength(LONGEST_NUMBER)
                          .maxStringLength(LONGEST_TEXT)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private JsonText() {}

  static ObjectNode object(byte[] body) {
    try {
      // decoded here, because the parser would guess other encodings than UTF-8
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      if (STRICT.readTree(text) instanceof ObjectNode object) {
        return object;
      }
    } catch (CharacterCodingException | JacksonException | NumberFormatException e) {
      // the last where an exponent is larger than an int
      throw new InvalidRequest("", "must be one JSON object in UTF-8 that names no member twice");
    }
    throw new InvalidRequest("", "must be one JSON object in UTF-8 that names no member twice");
  }
}
