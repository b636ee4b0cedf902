package io.walletsync.server.http.problem;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong, as RFC 9457 tells it.
 *
 * @param slug names the kind of problem; clients may rely on it
 * @param title the same for all problems of the kind
 * @param detail one sentence for people about this one; never repeats a secret
 * @param extensions further members of the answer
 * @param headers further headers of the answer
 */
public record Problem(
    int status,
    String slug,
    String title,
    String detail,
    Map<String, @Nullable Object> extensions,
    Map<String, String> headers) {
  private static final String TYPE_PREFIX = "urn:walletsync:problem:";

  public Problem {
    extensions = Collections.unmodifiableMap(new LinkedHashMap<>(extensions));
    headers = Map.copyOf(headers);
  }

  public static Problem of(int status, String slug, String title, String detail) {
    return new Problem(status, slug, title, detail, Map.of(), Map.of());
  }

  public Problem with(String member, @Nullable Object value) {
    var more = new LinkedHashMap<String, @Nullable Object>(extensions);
    more.put(member, value);
    return new Problem(status, slug, title, detail, more, headers);
  }

  public Problem withHeader(String name, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Problem(status, slug, title, detail, extensions, more);
  }

  /**
   * The members of the answer in their order.
   *
   * @param instance the path that was asked for
   */
  Map<String, @Nullable Object> members(String instance) {
    var members = new LinkedHashMap<String, @Nullable Object>();
    members.put("type", TYPE_PREFIX + slug);
    members.put("title", title);
    members.put("status", status);
    members.put("detail", detail);
    members.put("instance", instance);
    members.putAll(extensions);
    return members;
  }
}
