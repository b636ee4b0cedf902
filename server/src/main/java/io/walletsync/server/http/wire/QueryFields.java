package io.walletsync.server.http.wire;

import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.server.http.problem.FieldError;
import io.walletsync.server.http.problem.InvalidRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the query parameters one by one, as {@link JsonFields} reads a body: what is wrong is
 * collected, and a parameter nobody asked for is wrong too, since it is most likely misspelt.
 */
public final class QueryFields {
  private final Map<String, String> parameters = new HashMap<>();
  private final Set<String> known = new HashSet<>();
  private final List<FieldError> errors = new ArrayList<>();

  private QueryFields(@Nullable String rawQuery) {
    if (rawQuery == null || rawQuery.isEmpty()) {
      return;
    }
    for (var pair : rawQuery.split("&", -1)) {
      var equals = pair.indexOf('=');
      var name = decode(equals < 0 ? pair : pair.substring(0, equals));
      var value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      if (parameters.put(name, value) != null) {
        errors.add(new FieldError(JsonValues.clean(name), "must be given once"));
      }
    }
  }

  /** The parameters of the request line; a body is never looked at. */
  public static QueryFields of(HttpServletRequest request) {
    return new QueryFields(request.getQueryString());
  }

  /** For routes that take no parameters. */
  public static void none(HttpServletRequest request) {
    of(request).done();
  }

  /** A parameter, or null where it is absent; the mapper may throw {@link InvalidValue}. */
  public <T> @Nullable T optional(String name, Function<String, T> mapper) {
    known.add(name);
    var value = parameters.get(name);
    if (value == null) {
      return null;
    }
    try {
      return mapper.apply(value);
    } catch (InvalidValue e) {
      errors.add(new FieldError(name, String.valueOf(e.getMessage())));
    } catch (InvalidRequest e) {
      errors.addAll(e.errors());
    }
    return null;
  }

  public @Nullable UUID optionalUuid(String name) {
    return optional(name, text -> UuidText.parse(name, text));
  }

  public int limit() {
    var limit = optional("limit", PageJson::limit);
    return limit == null ? PageJson.limit(null) : limit;
  }

  public @Nullable UUID cursor(String listing) {
    return optional("cursor", text -> Cursor.decodeUuid(listing, text));
  }

  /** Throws {@link InvalidRequest} if anything was wrong. */
  public void done() {
    for (var name : parameters.keySet()) {
      if (!known.contains(name)) {
        errors.add(new FieldError(JsonValues.clean(name), "is not a parameter of this request"));
      }
    }
    if (!errors.isEmpty()) {
      throw new InvalidRequest(errors);
    }
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw new InvalidRequest("", "the query must be percent-encoded UTF-8");
    }
  }
}
