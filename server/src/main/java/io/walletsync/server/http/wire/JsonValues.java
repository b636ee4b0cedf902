package io.walletsync.server.http.wire;

import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.server.http.problem.FieldError;
import io.walletsync.server.http.problem.InvalidRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads single JSON values without converting between kinds; null for one that is wrong. */
public final class JsonValues {
  private static final int MOST_ITEMS = 100;
  private static final int LONGEST_NAME = 64;

  private final List<FieldError> errors;

  public JsonValues(List<FieldError> errors) {
    this.errors = errors;
  }

  public <T> @Nullable T text(String name, JsonNode node, Function<String, T> mapper) {
    var text = text(name, node);
    return text == null ? null : mapped(name, () -> mapper.apply(text));
  }

  <T> @Nullable T number(String name, JsonNode node, LongFunction<T> mapper) {
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      reject(name, "must be a whole number");
      return null;
    }
    return mapped(name, () -> mapper.apply(node.longValue()));
  }

  @Nullable Boolean flag(String name, JsonNode node) {
    if (!node.isBoolean()) {
      reject(name, "must be true or false");
      return null;
    }
    return node.booleanValue();
  }

  <T> @Nullable List<T> list(String name, JsonNode node, Function<String, T> mapper) {
    if (!node.isArray() || node.size() > MOST_ITEMS) {
      reject(name, "must be a list of at most " + MOST_ITEMS + " texts");
      return null;
    }
    var items = new ArrayList<T>();
    for (var i = 0; i < node.size(); i++) {
      var item = text(name + "[" + i + "]", node.get(i), mapper);
      if (item != null) {
        items.add(item);
      }
    }
    return items;
  }

  @Nullable Map<String, String> textMap(String name, JsonNode node) {
    if (!node.isObject()) {
      reject(name, "must be an object of texts");
      return null;
    }
    var map = new LinkedHashMap<String, String>();
    for (var member : node.properties()) {
      var value = text(label(name, member.getKey()), member.getValue());
      if (value != null) {
        map.put(member.getKey(), value);
      }
    }
    return map;
  }

  @Nullable Map<String, @Nullable String> patch(String name, JsonNode node) {
    if (!node.isObject()) {
      reject(name, "must be an object of texts or nulls");
      return null;
    }
    var map = new LinkedHashMap<String, @Nullable String>();
    for (var member : node.properties()) {
      var value = member.getValue();
      var label = label(name, member.getKey());
      map.put(member.getKey(), value.isNull() ? null : text(label, value));
    }
    return map;
  }

  <T> @Nullable Map<String, @Nullable T> numberPatch(
      String name, JsonNode node, Set<String> members, LongFunction<T> mapper) {
    if (!node.isObject()) {
      reject(name, "must be an object of whole numbers or nulls");
      return null;
    }
    var map = new LinkedHashMap<String, @Nullable T>();
    for (var member : node.properties()) {
      var value = member.getValue();
      var label = name + "." + clean(member.getKey());
      if (!members.contains(member.getKey())) {
        reject(label, "is not a field of this request");
      } else {
        map.put(member.getKey(), value.isNull() ? null : number(label, value, mapper));
      }
    }
    return map;
  }

  private String label(String name, String member) {
    var label = name + "." + clean(member);
    if (member.codePoints().anyMatch(JsonValues::isHalfACharacter)) {
      reject(label, "must be well-formed Unicode");
    } else if (member.indexOf('\0') >= 0) {
      reject(label, "must not contain the character NUL"); // PostgreSQL could not keep it
    }
    return label;
  }

  /** Names come from the caller: short and printable before they are answered. */
  public static String clean(String name) {
    var clean = new StringBuilder();
    name.chars()
        .limit(LONGEST_NAME)
        .forEach(c -> clean.append(c >= ' ' && c <= '~' ? (char) c : '?'));
    return clean.toString();
  }

  private @Nullable String text(String name, JsonNode node) {
    if (!node.isString()) {
      reject(name, "must be a text");
      return null;
    }
    var text = node.stringValue();
    if (text.codePoints().anyMatch(JsonValues::isHalfACharacter)) {
      reject(name, "must be well-formed Unicode");
      return null;
    }
    return text;
  }

  /** A lone surrogate, which could be neither stored nor sent. */
  private static boolean isHalfACharacter(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  private <T> @Nullable T mapped(String name, Supplier<T> mapping) {
    try {
      return mapping.get();
    } catch (InvalidValue e) {
      errors.add(FieldError.of(name, e));
      return null;
    } catch (InvalidRequest e) {
      errors.addAll(e.errors()); // with the rest, and not in place of it
      return null;
    }
  }

  private void reject(String name, String detail) {
    errors.add(new FieldError(name, detail));
  }
}
