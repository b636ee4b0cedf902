package io.walletsync.server.provider;

import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.kernel.Microseconds;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Money;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads replies without goodwill: one whole JSON text, no name twice in an object, every value of
 * exactly the documented type. A number is never bound to a double.
 */
public final class StrictJson {
  private static final int OLDEST_YEAR = 2000;
  private static final int NEWEST_YEAR = 9999;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private StrictJson() {}

  public static JsonNode object(byte[] text) throws UnreadableReply {
    try {
      return requireObject(MAPPER.readTree(text));
    } catch (JacksonException | NumberFormatException e) {
      // the latter where an exponent is larger than an int, in whatever field
      throw new UnreadableReply();
    }
  }

  public static JsonNode requireObject(JsonNode node) throws UnreadableReply {
    if (!node.isObject()) {
      throw new UnreadableReply();
    }
    return node;
  }

  public static JsonNode array(JsonNode object, String field) throws UnreadableReply {
    var node = object.path(field);
    if (!node.isArray()) {
      throw new UnreadableReply();
    }
    return node;
  }

  public static boolean bool(JsonNode object, String field) throws UnreadableReply {
    var node = object.path(field);
    if (!node.isBoolean()) {
      throw new UnreadableReply();
    }
    return node.booleanValue();
  }

  public static String text(JsonNode object, String field) throws UnreadableReply {
    var node = object.path(field);
    if (!node.isString()) {
      throw new UnreadableReply();
    }
    return node.stringValue();
  }

  /** A 64-bit integer; 1.0, 1e3 and "1" are none. */
  public static long integer(JsonNode object, String field) throws UnreadableReply {
    var node = object.path(field);
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw new UnreadableReply();
    }
    return node.longValue();
  }

  /** An exact amount in major units: a JSON number of any form that is no larger than money is. */
  public static Money money(JsonNode object, String field, CurrencyCode currency)
      throws UnreadableReply {
    var node = object.path(field);
    if (!node.isNumber()) {
      throw new UnreadableReply();
    }
    try {
      return new Money(node.decimalValue(), currency);
    } catch (InvalidValue | JacksonException e) {
      throw new UnreadableReply();
    }
  }

  /** A time with its offset, of a year in which providers exist; cut to microseconds. */
  public static Instant time(JsonNode object, String field) throws UnreadableReply {
    try {
      var time = OffsetDateTime.parse(text(object, field));
      if (time.getYear() < OLDEST_YEAR || time.getYear() > NEWEST_YEAR) {
        throw new UnreadableReply();
      }
      return Microseconds.cut(time.toInstant());
    } catch (DateTimeException e) {
      throw new UnreadableReply();
    }
  }

  public static CurrencyCode currency(JsonNode object, String field) throws UnreadableReply {
    try {
      return new CurrencyCode(text(object, field));
    } catch (InvalidValue e) {
      throw new UnreadableReply();
    }
  }
}
