package io.walletsync.server.http;

import io.walletsync.core.kernel.InvalidValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the fields of a JSON body one by one and collects everything that is wrong with them, so
 * that the caller learns all of it at once. A field nobody asked for is wrong too. An optional
 * field that is null counts as absent. Mappers may throw {@link InvalidValue}.
 */
final class JsonFields {
  private final ObjectNode object;
  private final Set<String> known = new HashSet<>();
  private final List<FieldError> errors = new ArrayList<>();
  private final JsonValues values = new JsonValues(errors);

  private JsonFields(ObjectNode object) {
    this.object = object;
  }

  /** The fields of a body; a body that is absent or empty has none. */
  static JsonFields of(byte @Nullable [] body) {
    return new JsonFields(
        body == null || body.length == 0
            ? JsonNodeFactory.instance.objectNode()
            : JsonText.object(body));
  }

  /** Throws {@link InvalidRequest} if anything was wrong; to be called before a field is opened. */
  void done() {
    for (var name : object.propertyNames()) {
      if (!known.contains(name)) {
        reject(JsonValues.clean(name), "is not a field of this request");
      }
    }
    if (!errors.isEmpty()) {
      throw new InvalidRequest(errors);
    }
  }

  /** Adds what a check of several fields found wrong. */
  void reject(String name, String detail) {
    errors.add(new FieldError(name, detail));
  }

  /** Whether the field is there and null, for where that is not the same as absent. */
  boolean isNull(String name) {
    var node = object.get(name);
    return node != null && node.isNull();
  }

  <T> Field<T> requiredText(String name, Function<String, T> mapper) {
    return required(name, node -> values.text(name, node, mapper));
  }

  <T> Field<T> optionalText(String name, Function<String, T> mapper) {
    return optional(name, node -> values.text(name, node, mapper));
  }

  /** A list of texts. */
  <T> Field<List<T>> requiredList(String name, Function<String, T> mapper) {
    return required(name, node -> values.list(name, node, mapper));
  }

  <T> Field<List<T>> optionalList(String name, Function<String, T> mapper) {
    return optional(name, node -> values.list(name, node, mapper));
  }

  /** An object whose members are all texts. */
  Field<Map<String, String>> requiredTextMap(String name) {
    return required(name, node -> values.textMap(name, node));
  }

  Field<Map<String, String>> optionalTextMap(String name) {
    return optional(name, node -> values.textMap(name, node));
  }

  /** An object whose members are texts to set or nulls to remove. */
  Field<Map<String, @Nullable String>> optionalPatch(String name) {
    return optional(name, node -> values.patch(name, node));
  }

  /** A whole number. */
  <T> Field<T> optionalNumber(String name, LongFunction<T> mapper) {
    return optional(name, node -> values.number(name, node, mapper));
  }

  /** An object of whole numbers to set or nulls to remove, with none but these members. */
  <T> Field<Map<String, @Nullable T>> optionalNumberPatch(
      String name, Set<String> members, LongFunction<T> mapper) {
    return optional(name, node -> values.numberPatch(name, node, members, mapper));
  }

  Field<Boolean> optionalFlag(String name) {
    return optional(name, node -> values.flag(name, node));
  }

  private <T> Field<T> required(String name, Function<JsonNode, @Nullable T> reader) {
    var node = object.get(name);
    if (node == null || node.isNull()) {
      reject(name, "is required");
    }
    return optional(name, reader);
  }

  private <T> Field<T> optional(String name, Function<JsonNode, @Nullable T> reader) {
    known.add(name);
    var node = object.get(name);
    return new Field<>(name, node == null || node.isNull() ? null : reader.apply(node));
  }
}
