package io.walletsync.core.access;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came over the wire, nothing decoded and nothing sorted.
 *
 * @param rawPath as in the request line
 * @param rawQuery without its question mark; null where there is none
 * @param authority host and, unless it is the scheme's own, port, in lower case
 * @param headers by lower-case name; several lines of one name joined with a comma and a space
 * @param contentDigest the sha-256 member of {@code Content-Digest}; null if none can be read
 * @param signatures those that could be read
 * @param address the caller's network address
 */
public record SignedRequest(
    String method,
    String scheme,
    String authority,
    String rawPath,
    @Nullable String rawQuery,
    Map<String, String> headers,
    OpaqueBytes body,
    @Nullable OpaqueBytes contentDigest,
    List<ReceivedSignature> signatures,
    @Nullable String address,
    @Nullable String requestId) {
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  public SignedRequest {
    headers = Map.copyOf(headers);
    signatures = List.copyOf(signatures);
  }

  /** Whether it changes nothing, so that a repetition does no harm. */
  public boolean isSafe() {
    return SAFE.contains(method);
  }

  /** The value of a covered component; null where the request has no such thing. */
  @Nullable String component(String name) {
    return switch (name) {
      case "@method" -> method;
      case "@scheme" -> scheme;
      case "@authority" -> authority;
      case "@path" -> path();
      case "@query" -> "?" + (rawQuery == null ? "" : rawQuery);
      case "@request-target" -> rawPath + query();
      case "@target-uri" -> scheme + "://" + authority + path() + query();
      default -> headers.get(name);
    };
  }

  private String path() {
    return rawPath.isEmpty() ? "/" : rawPath;
  }

  private String query() {
    return rawQuery == null ? "" : "?" + rawQuery;
  }
}
