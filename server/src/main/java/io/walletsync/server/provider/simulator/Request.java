package io.walletsync.server.provider.simulator;

import com.sun.net.httpserver.HttpExchange;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A call that reached a simulator, as far as a simulator looks at it. */
public final class Request {
  private static final Pattern POSITIVE = Pattern.compile("[1-9][0-9]{0,8}");

  private final HttpExchange exchange;

  Request(HttpExchange exchange) {
    this.exchange = exchange;
  }

  /** Method and path, such as {@code GET /balance}. */
  public String route() {
    return exchange.getRequestMethod() + " " + path();
  }

  public String path() {
    return uri().getPath();
  }

  public @Nullable String header(String name) {
    return exchange.getRequestHeaders().getFirst(name);
  }

  /** The first parameter of this name. */
  public Optional<String> query(String name) {
    var query = uri().getRawQuery();
    return query == null
        ? Optional.empty()
        : Stream.of(query.split("&", -1))
            .filter(pair -> pair.startsWith(name + "="))
            .map(pair -> pair.substring(name.length() + 1))
            .map(value -> URLDecoder.decode(value, StandardCharsets.UTF_8))
            .findFirst();
  }

  /** A parameter that counts from one; anything else there is as if it were absent. */
  public int number(String name, int otherwise) {
    return query(name)
        .filter(text -> POSITIVE.matcher(text).matches())
        .map(Integer::parseInt)
        .orElse(otherwise);
  }

  private URI uri() {
    return exchange.getRequestURI();
  }
}
