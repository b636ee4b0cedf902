package io.walletsync.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Builds the path and query of a request, so that no value can leave its place. */
final class Target {
  private final String path;
  private final StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");

  private Target(String path) {
    this.path = path;
  }

  static Target of(String path) {
    return new Target(path);
  }

  /** Adds nothing where the value is null. */
  Target with(String name, @Nullable Object value) {
    if (value != null) {
      query.add(name + "=" + encoded(value.toString()));
    }
    return this;
  }

  URI uri() {
    return URI.create(path + query);
  }

  /** What a person typed as a path. */
  static URI typed(String text) {
    try {
      var uri = new URI(text.startsWith("/") ? text : "/" + text);
      if (uri.getRawAuthority() == null && uri.getRawFragment() == null) {
        return uri;
      }
    } catch (URISyntaxException malformed) {
      // Answered below, like every other path that cannot be sent as it is.
    }
    throw new UsageProblem("Not a path of the API: " + text);
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
