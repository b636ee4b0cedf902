package io.walletsync.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads and indents JSON without changing a digit of its numbers. */
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private Json() {}

  /** Null where the text is not JSON. */
  static @Nullable JsonNode read(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JacksonException | NumberFormatException notJson) {
      return null;
    }
  }

  /** Whether an answer is a success whose member of that name is true. */
  static boolean says(Answer answer, String member) {
    var json = answer instanceof Answer.Success(var text) ? read(text) : null;
    return json != null && json.path(member).isBoolean() && json.path(member).booleanValue();
  }

  /** Whether a text is an object that has this member. */
  static boolean has(String text, String member) {
    var json = read(text);
    return json != null && json.has(member);
  }

  static String write(JsonNode json) {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json);
  }

  static byte[] object(String name, String value) {
    return MAPPER.writeValueAsBytes(MAPPER.createObjectNode().put(name, value));
  }

  static byte[] object(Map<String, Object> members) {
    return MAPPER.writeValueAsBytes(members);
  }

  /** An object with one member, which is an object with one member. */
  static byte[] nested(String name, String member, Object value) {
    return MAPPER.writeValueAsBytes(Map.of(name, Map.of(member, value)));
  }
}
