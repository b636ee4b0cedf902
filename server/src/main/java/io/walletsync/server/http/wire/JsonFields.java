package io.walletsync.server.http.wire;

import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.server.http.problem.FieldError;
import io.walletsync.server.http.problem.InvalidRequest;
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
public final class JsonFields {
  private final ObjectNode object;
  private final String prefix;
  private final List<FieldError> errors;
  private final JsonValues values;
  private final Set<String> known = new HashSet<>();
  private final List<JsonFields> objects = new ArrayList<>();

  private JsonFields(ObjectNode object) {
    this(object, "", new ArrayList<>());
  }

  private JsonFields(ObjectNode object, String prefix, List<FieldError> errors) {
    this.object = object;
    this.prefix = prefix;
    this.errors = errors;
    this.values = new JsonValues(errors);
  }

  /** The fields of a body; a body that is absent or empty has none. */
  public static JsonFields of(byte @Nullable [] body) {
    return new JsonFields(
        body == null || body.length == 0
            ? JsonNodeFactory.instance.objectNode()
            : JsonText.object(body));
  }

  /** Throws {@link InvalidRequest} if anything was wrong; to be called before a field is opened. */
  public void done() {
    rejectUnknown();
    objects.forEach(JsonFields::rejectUnknown);
    if (!errors.isEmpty()) {
      throw new InvalidRequest(errors);
    }
  }

  private void rejectUnknown() {
    for (var name : object.propertyNames()) {
      if (!known.contains(name)) {
        reject(JsonValues.clean(name), "is not a field of this request");
      }
    }
  }

  /** Adds what a check of several fields found wrong. */
  public void reject(String name, String detail) {
    errors.add(new FieldError(prefix + name, detail));
  }

  /** The members of an object, which are checked with the rest and named after it. */
  public JsonFields requiredObject(String name) {
    var found = required(name, node -> object(name, node));
    var members =
        new JsonFields(
            found.orElse(JsonNodeFactory.instance.objectNode()), prefix + name + ".", errors);
    objects.add(members);
    return members;
  }

  /** The same, or null where it is absent. */
  public @Nullable JsonFields optionalObject(String name) {
    var node = object.get(name);
    if (node == null || node.isNull()) {
      known.add(name);
      return null;
    }
    return requiredObject(name);
  }

  /** Like {@link #requiredObject}; where it is absent it has no members. */
  public JsonFields objectOrEmpty(String name) {
    var found = optional(name, node -> object(name, node));
    var members =
        new JsonFields(
            found.orElse(JsonNodeFactory.instance.objectNode()), prefix + name + ".", errors);
    objects.add(members);
    return members;
  }

  /** Whether a field is there and not null. */
  public boolean has(String name) {
    var node = object.get(name);
    return node != null && !node.isNull();
  }

  /** The members of each object of a list, which are checked with the rest and named by place. */
  public List<JsonFields> requiredObjects(String name, int most) {
    return requiredObjects(name, 1, most);
  }

  /** The same for a list that may have fewer. */
  public List<JsonFields> requiredObjects(String name, int least, int most) {
    var found = required(name, node -> array(name, node, least, most)).orElse(List.of());
    var each = new ArrayList<JsonFields>();
    for (var i = 0; i < found.size(); i++) {
      var place = name + "[" + i + "]";
      var members = object(place, found.get(i));
      each.add(
          new JsonFields(
              members == null ? JsonNodeFactory.instance.objectNode() : members,
              prefix + place + ".",
              errors));
    }
    objects.addAll(each);
    return each;
  }

  private @Nullable List<JsonNode> array(String name, JsonNode node, int least, int most) {
    if (node.isArray() && node.size() >= least && node.size() <= most) {
      return node.valueStream().toList();
    }
    reject(name, "must be a list of " + least + " to " + most + " objects");
    return null;
  }

  private @Nullable ObjectNode object(String name, JsonNode node) {
    if (node instanceof ObjectNode members) {
      return members;
    }
    reject(name, "must be an object");
    return null;
  }

  /** Whether the field is there and null, for where that is not the same as absent. */
  public boolean isNull(String name) {
    var node = object.get(name);
    return node != null && node.isNull();
  }

  public <T> Field<T> requiredText(String name, Function<String, T> mapper) {
    return required(name, node -> values.text(prefix + name, node, mapper));
  }

  public <T> Field<T> optionalText(String name, Function<String, T> mapper) {
    return optional(name, node -> values.text(prefix + name, node, mapper));
  }

  /** A list of texts. */
  public <T> Field<List<T>> requiredList(String name, Function<String, T> mapper) {
    return required(name, node -> values.list(prefix + name, node, mapper));
  }

  public <T> Field<List<T>> optionalList(String name, Function<String, T> mapper) {
    return optional(name, node -> values.list(prefix + name, node, mapper));
  }

  /** An object whose members are all texts. */
  public Field<Map<String, String>> requiredTextMap(String name) {
    return required(name, node -> values.textMap(prefix + name, node));
  }

  public Field<Map<String, String>> optionalTextMap(String name) {
    return optional(name, node -> values.textMap(prefix + name, node));
  }

  /** An object whose members are texts to set or nulls to remove. */
  public Field<Map<String, @Nullable String>> optionalPatch(String name) {
    return optional(name, node -> values.patch(prefix + name, node));
  }

  /** A whole number. */
  public <T> Field<T> optionalNumber(String name, LongFunction<T> mapper) {
    return optional(name, node -> values.number(prefix + name, node, mapper));
  }

  /** An object of whole numbers to set or nulls to remove, with none but these members. */
  public <T> Field<Map<String, @Nullable T>> optionalNumberPatch(
      String name, Set<String> members, LongFunction<T> mapper) {
    return optional(name, node -> values.numberPatch(prefix + name, node, members, mapper));
  }

  public Field<Boolean> optionalFlag(String name) {
    return optional(name, node -> values.flag(prefix + name, node));
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
    return new Field<>(prefix + name, node == null || node.isNull() ? null : reader.apply(node));
  }
}
