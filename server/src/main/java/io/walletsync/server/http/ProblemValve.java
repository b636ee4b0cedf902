package io.walletsync.server.http;

import io.walletsync.core.kernel.Ids;
import io.walletsync.server.http.problem.InvalidRequest;
import io.walletsync.server.http.problem.Problem;
import io.walletsync.server.http.problem.ProblemWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;

/**
 * Answers with a problem also where a request never reached a route, because it is not valid HTTP
 * or a filter broke; Tomcat itself would answer in HTML.
 */
final class ProblemValve extends ErrorReportValve {
  private static final String REQUEST_ID = "X-Request-Id";

  private final Ids ids;
  private final ProblemWriter problems;

  ProblemValve(Ids ids, ProblemWriter problems) {
    this.ids = ids;
    this.problems = problems;
  }

  @Override
  protected void report(Request request, Response response, Throwable throwable) {
    if (response.getStatus() < 400 || response.getContentWritten() > 0 || !canAnswer(response)) {
      return;
    }
    if (response.getHeader(REQUEST_ID) == null) {
      response.setHeader(REQUEST_ID, ids.next().toString());
    }
    try {
      problems.write(request, response, problem(response));
      response.finishResponse();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean canAnswer(Response response) {
    var allowed = new AtomicBoolean();
    response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, allowed);
    return allowed.get() && response.setErrorReported();
  }

  private static Problem problem(Response response) {
    var status = response.getStatus();
    if (status == 405) {
      return ProblemAdvice.methodNotAllowed(response.getHeader("Allow"));
    }
    return status < 500
        ? new InvalidRequest("", "must be valid HTTP: path, query and headers").problem()
        : ProblemAdvice.internalError();
  }
}
