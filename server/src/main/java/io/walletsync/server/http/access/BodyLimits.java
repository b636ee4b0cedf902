package io.walletsync.server.http.access;

import jakarta.servlet.http.HttpServletRequest;

/** How large a body may be: small, but where many rows come at once. */
final class BodyLimits {
  private static final int USUAL = 64 * 1024;
  private static final int MANY_ROWS = 512 * 1024;

  private BodyLimits() {}

  /** Known before it is known who asks, so by the path alone. */
  static int of(HttpServletRequest request) {
    var path = request.getRequestURI();
    return path.equals("/api/v1/expected-balances") || path.endsWith("/planned-outflows")
        ? MANY_ROWS
        : USUAL;
  }
}
