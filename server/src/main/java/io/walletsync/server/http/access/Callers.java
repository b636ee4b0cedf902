package io.walletsync.server.http.access;

import io.walletsync.core.access.Caller;
import io.walletsync.core.wallet.Visibility;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Passes the authenticated caller from the filter to the controllers. */
public final class Callers {
  /** Set by whoever numbers requests, before they are authenticated. */
  static final String REQUEST_ID = "io.walletsync.request_id";

  private static final String CALLER = "io.walletsync.caller";
  private static final String PUBLIC = "io.walletsync.public_route";

  private Callers() {}

  /** Who signed the request; only on routes that need a signature. */
  public static Caller of(HttpServletRequest request) {
    var caller = find(request);
    if (caller == null) {
      throw new IllegalStateException("nobody signed the request");
    }
    return caller;
  }

  /** What the caller may see; every query carries it. */
  public static Visibility visibility(HttpServletRequest request) {
    return new Visibility(of(request).limit().connections());
  }

  public static @Nullable Caller find(HttpServletRequest request) {
    return request.getAttribute(CALLER) instanceof Caller caller ? caller : null;
  }

  public static void set(HttpServletRequest request, Caller caller) {
    request.setAttribute(CALLER, caller);
  }

  static boolean isPublic(HttpServletRequest request) {
    return request.getAttribute(PUBLIC) != null;
  }

  static void setPublic(HttpServletRequest request) {
    request.setAttribute(PUBLIC, true);
  }

  static @Nullable String requestId(HttpServletRequest request) {
    return request.getAttribute(REQUEST_ID) instanceof String id ? id : null;
  }
}
