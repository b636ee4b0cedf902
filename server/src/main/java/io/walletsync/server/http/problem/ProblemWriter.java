package io.walletsync.server.http.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/** Answers with a problem, from a filter as from a controller; problems are never cached. */
public final class ProblemWriter {
  static final String MEDIA_TYPE = "application/problem+json";
  static final String NO_STORE = "no-store";

  private final JsonMapper json;

  public ProblemWriter(JsonMapper json) {
    this.json = json;
  }

  public void write(HttpServletRequest request, HttpServletResponse response, Problem problem)
      throws IOException {
    var body = json.writeValueAsBytes(problem.members(path(request)));
    response.setStatus(problem.status());
    response.setContentType(MEDIA_TYPE);
    response.setHeader(HttpHeaders.CACHE_CONTROL, NO_STORE);
    problem.headers().forEach(response::setHeader);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /** Empty where the request was so malformed that it names none. */
  private static String path(HttpServletRequest request) {
    return Objects.requireNonNullElse(request.getRequestURI(), "");
  }

  public ResponseEntity<Object> entity(HttpServletRequest request, Problem problem) {
    var entity = ResponseEntity.status(problem.status());
    problem.headers().forEach((name, value) -> entity.header(name, value));
    return entity
        .header(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE)
        .header(HttpHeaders.CACHE_CONTROL, NO_STORE)
        .body(json.writeValueAsBytes(problem.members(path(request))));
  }
}
