package io.walletsync.server.http.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The routes that need no signature. Providers sign their notifications in their own ways. */
public final class PublicRoutes implements Predicate<HttpServletRequest> {
  private static final Set<String> READ =
      Set.of("/openapi.yaml", "/docs", "/actuator/health", "/actuator/prometheus");
  private static final List<String> READ_BELOW =
      List.of("/docs/", "/webjars/", "/actuator/health/");
  private static final String PROVIDERS = "/webhooks/";

  /** What could make two readers of one path disagree about where it leads. */
  private static final List<String> DOUBTFUL = List.of("%", ";", "..", "//", "\\");

  @Override
  public boolean test(HttpServletRequest request) {
    var path = request.getRequestURI();
    if (DOUBTFUL.stream().anyMatch(path::contains)) {
      return false;
    }
    return switch (request.getMethod()) {
      case "GET", "HEAD" -> READ.contains(path) || READ_BELOW.stream().anyMatch(path::startsWith);
      case "POST" -> path.startsWith(PROVIDERS);
      default -> false;
    };
  }
}
