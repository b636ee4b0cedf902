package io.walletsync.server.provider.simulator;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
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

  private static final int LARGEST_BODY = 1 << 16;

  private final HttpExchange exchange;
  private @Nullable String body;

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
    return parameter(uri().getRawQuery(), name);
  }

  /** The first field of this name in a form that is the body. */
  public Optional<String> form(String name) {
    return parameter(body(), name);
  }

  /** A parameter that counts from one; anything else there is as if it were absent. */
  public int number(String name, int otherwise) {
    return query(name)
        .filter(text -> POSITIVE.matcher(text).matches())
        .map(Integer::parseInt)
        .orElse(otherwise);
  }

  private static Optional<String> parameter(@Nullable String encoded, String name) {
    return encoded == null
        ? Optional.empty()
        : Stream.of(encoded.split("&", -1))
            .filter(pair -> pair.startsWith(name + "="))
            .map(pair -> pair.substring(name.length() + 1))
            .map(value -> URLDecoder.decode(value, StandardCharsets.UTF_8))
            .findFirst();
  }

  private String body() {
    if (body == null) {
      try {
        var bytes = exchange.getRequestBody().readNBytes(LARGEST_BODY);
        body = new String(bytes, StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return body;
  }

  private URI uri() {
    return exchange.getRequestURI();
  }
}
