package io.walletsync.server.http;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers with a problem, too, what never reaches a route: a request line that Tomcat refuses, or a
 * failure outside of the application.
 */
final class UnservedRequestValve extends ErrorReportValve {
  private final JsonMapper json;

  UnservedRequestValve(JsonMapper json) {
    this.json = json;
  }

  @Override
  protected void report(Request request, Response response, @Nullable Throwable failure) {
    var status = response.getStatus();
    if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
      return;
    }
    var problem =
        status < 500
            ? Problem.of(
                status,
                "malformed-http",
                "The request is not well-formed HTTP",
                "Percent-encode the path and the query, and send well-formed headers.")
            : Problem.internalError();
    try {
      response.setContentType(ProblemWriter.MEDIA_TYPE);
      response.setCharacterEncoding("UTF-8");
      response.setHeader(HttpHeaders.CACHE_CONTROL, ProblemWriter.NO_STORE);
      var writer = response.getReporter();
      if (writer != null) {
        writer.write(json.writeValueAsString(problem.members(path(request))));
        response.finishResponse();
      }
    } catch (IOException | IllegalStateException e) {
      container.getLogger().debug("the caller is gone", e);
    }
  }

  private static String path(Request request) {
    var path = request.getRequestURI();
    return path == null ? "" : path;
  }
}
