package io.walletsync.server.http.access;

import io.walletsync.core.kernel.Ids;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives every request an id, which its answer, its log lines and its audit entries carry, and logs
 * one line when it is done. Queries, headers and bodies are never logged.
 */
public final class RequestIdFilter extends OncePerRequestFilter {
  private static final Logger LOG = LoggerFactory.getLogger("io.walletsync.http");
  private static final String HEADER = "X-Request-Id";
  private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  private final Ids ids;

  public RequestIdFilter(Ids ids) {
    this.ids = ids;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var given = request.getHeader(HEADER);
    var id = given != null && ACCEPTED.matcher(given).matches() ? given : ids.next().toString();
    request.setAttribute(Callers.REQUEST_ID, id);
    response.setHeader(HEADER, id);
    var begun = System.nanoTime();
    try (var _ = MDC.putCloseable("request_id", id)) {
      chain.doFilter(request, response);
      if (!request.getRequestURI().startsWith("/actuator/")) {
        LOG.atInfo()
            .addKeyValue("http.request.method", request.getMethod())
            .addKeyValue("url.path", request.getRequestURI())
            .addKeyValue("http.response.status_code", response.getStatus())
            .addKeyValue(
                "event.duration_ms", Duration.ofNanos(System.nanoTime() - begun).toMillis())
            .log("{} {} {}", request.getMethod(), request.getRequestURI(), response.getStatus());
      }
    }
  }
}
