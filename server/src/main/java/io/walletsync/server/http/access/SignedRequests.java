package io.walletsync.server.http.access;

import io.walletsync.core.access.OpaqueBytes;
import io.walletsync.core.access.SignedRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes from a servlet request what a signature may cover, untouched. */
public final class SignedRequests {
  private static final Map<String, String> OWN_PORTS = Map.of("http", ":80", "https", ":443");

  private SignedRequests() {}

  public static SignedRequest of(
      HttpServletRequest request, byte[] body, @Nullable String requestId) {
    var headers = headers(request);
    var scheme = request.getScheme().toLowerCase(Locale.ROOT);
    return new SignedRequest(
        request.getMethod(),
        scheme,
        authority(scheme, headers.getOrDefault("host", "")),
        request.getRequestURI(),
        request.getQueryString(),
        headers,
        OpaqueBytes.of(body),
        SignatureHeaders.sha256(headers.get("content-digest")),
        SignatureHeaders.signatures(headers.get("signature-input"), headers.get("signature")),
        request.getRemoteAddr(),
        requestId);
  }

  /** By their names in lower case. */
  public static Map<String, String> headers(HttpServletRequest request) {
    var headers = new HashMap<String, String>();
    for (var names = request.getHeaderNames(); names.hasMoreElements(); ) {
      var name = names.nextElement();
      headers.put(name.toLowerCase(Locale.ROOT), value(request.getHeaders(name)));
    }
    return headers;
  }

  /** All lines of one header as one. */
  private static String value(Enumeration<String> lines) {
    var value = lines.nextElement().strip();
    while (lines.hasMoreElements()) {
      value += ", " + lines.nextElement().strip();
    }
    return value;
  }

  private static String authority(String scheme, String host) {
    var authority = host.toLowerCase(Locale.ROOT);
    var ownPort = OWN_PORTS.getOrDefault(scheme, ":");
    return authority.endsWith(ownPort)
        ? authority.substring(0, authority.length() - ownPort.length())
        : authority;
  }
}
