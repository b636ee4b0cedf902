package io.walletsync.server.support;

import io.walletsync.core.access.Scope;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * A route as the running application knows it, so that a test that walks all of them fails when one
 * is added that it does not know.
 */
public record ApiRoute(String method, String path, Scope scope) {
  private static final String REQUIRES_SCOPE = "io.walletsync.server.http.access.RequiresScope";

  private static final String WEBHOOKS = "/webhooks/{provider}/{connection_id}";

  public static List<ApiRoute> all(TestServer server) {
    var mapping =
        server
            .running()
            .context()
            .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
    return mapping.getHandlerMethods().entrySet().stream()
        // providers sign in their own ways, and no key's scope is asked for
        .filter(mapped -> !mapped.getKey().getPatternValues().contains(WEBHOOKS))
        .flatMap(
            mapped -> {
              var methods = mapped.getKey().getMethodsCondition().getMethods();
              var scope = scope(mapped.getValue());
              return mapped.getKey().getPatternValues().stream()
                  .flatMap(
                      path -> methods.stream().map(each -> new ApiRoute(each.name(), path, scope)));
            })
        .sorted(Comparator.comparing(ApiRoute::path).thenComparing(ApiRoute::method))
        .toList();
  }

  private static Scope scope(HandlerMethod handler) {
    var annotation =
        Objects.requireNonNull(
            AnnotatedElementUtils.getMergedAnnotationAttributes(
                handler.getMethod(), REQUIRES_SCOPE),
            () -> handler + " names no scope");
    return annotation.getEnum("value");
  }

  /** How the tests name a route. */
  public String name() {
    return method + " " + path;
  }

  /** The path with the same id in place of every variable. */
  public String target(UUID id) {
    return path.replaceAll("\\{[a-z_]+}", id.toString());
  }

  /** The least that such a route reads; null for one that has no body. */
  public @Nullable String emptyBody() {
    return switch (method) {
      case "POST" -> leastToPost();
      case "PATCH" -> "{}";
      case "PUT" -> {
        if (path.endsWith("/planned-outflows")) {
          yield "{\"outflows\":[]}";
        }
        yield path.endsWith("/credentials")
            ? "{\"credentials\":{\"secret_key\":\"sk_test_least\"}}"
            : "{\"amount\":\"0\",\"as_of\":\"2026-01-01T00:00:00Z\",\"reference\":\"x\"}";
      }
      default -> null;
    };
  }

  /** Whether an answer goes on until somebody has enough of it. */
  public boolean isEndless() {
    return path.endsWith("/stream");
  }

  private String leastToPost() {
    if (path.endsWith("/can-pay")) {
      return "{\"amount\":\"1\",\"reference\":\"x\"}";
    }
    if (path.endsWith("/snooze")) {
      return "{\"until\":\"2100-01-01T00:00:00Z\"}";
    }
    if (path.endsWith("{subscription_id}/replay")) {
      return "{\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-01-02T00:00:00Z\"}";
    }
    return path.matches(".*/(accept|resolve|\\{reservation_id}/release)")
        ? "{\"note\":\"x\"}"
        : "{}";
  }

  /** How large a body may be. */
  public int mostBytes() {
    return path.equals("/api/v1/expected-balances") || path.endsWith("/planned-outflows")
        ? 512 * 1024
        : 64 * 1024;
  }
}
