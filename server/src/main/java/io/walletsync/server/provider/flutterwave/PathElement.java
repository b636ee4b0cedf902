package io.walletsync.server.provider.flutterwave;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/** A text as one element of an address: whatever it contains, it can add no other element. */
public final class PathElement {
  private PathElement() {}

  public static String of(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
