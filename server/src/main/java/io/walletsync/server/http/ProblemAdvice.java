package io.walletsync.server.http;

import io.walletsync.core.kernel.Overloaded;
import io.walletsync.server.http.export.ExportStream;
import io.walletsync.server.http.problem.InvalidRequest;
import io.walletsync.server.http.problem.Problem;
import io.walletsync.server.http.problem.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Turns whatever a route throws into a problem that tells the caller what to do, and no more. */
@RestControllerAdvice
final class ProblemAdvice {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);
  private static final String SOON = "2";

  private final ProblemWriter problems;

  ProblemAdvice(ProblemWriter problems) {
    this.problems = problems;
  }

  @ExceptionHandler
  ResponseEntity<Object> invalid(InvalidRequest e, HttpServletRequest request) {
    return problems.entity(request, e.problem());
  }

  @ExceptionHandler
  ResponseEntity<Object> unreadable(HttpMessageNotReadableException e, HttpServletRequest request) {
    return problems.entity(
        request, new InvalidRequest("", "must arrive whole and be one JSON object").problem());
  }

  @ExceptionHandler
  ResponseEntity<Object> notFound(NoResourceFoundException e, HttpServletRequest request) {
    return problems.entity(
        request,
        Problem.of(
            404, "route-not-found", "There is no such route", "See /openapi.yaml for all routes."));
  }

  @ExceptionHandler
  ResponseEntity<Object> method(
      HttpRequestMethodNotSupportedException e, HttpServletRequest request) {
    var supported = e.getSupportedHttpMethods();
    var allowed =
        supported == null
            ? ""
            : supported.stream().map(HttpMethod::name).sorted().collect(Collectors.joining(", "));
    return problems.entity(request, methodNotAllowed(allowed));
  }

  static Problem methodNotAllowed(String allowed) {
    return Problem.of(
            405, "method-not-allowed", "The route has no such method", "Use " + allowed + ".")
        .withHeader(HttpHeaders.ALLOW, allowed);
  }

  @ExceptionHandler
  ResponseEntity<Object> mediaType(
      HttpMediaTypeNotSupportedException e, HttpServletRequest request) {
    return problems.entity(
        request,
        Problem.of(
            415,
            "unsupported-media-type",
            "The body must be JSON",
            "Send the body with Content-Type: application/json."));
  }

  /** The database is away, hangs or is overloaded; nothing the caller did. */
  @ExceptionHandler({DataAccessException.class, TransactionException.class})
  ResponseEntity<Object> database(RuntimeException e, HttpServletRequest request) {
    if (e instanceof DataIntegrityViolationException
        || e instanceof InvalidDataAccessResourceUsageException) {
      return unexpected(e, request);
    }
    LOG.warn("The database cannot be used: {}", e.toString());
    return problems.entity(
        request,
        Problem.of(
                503,
                "database-unavailable",
                "The database cannot be used at the moment",
                "Repeat the request later, with the same idempotency key if it has one.")
            .withHeader(HttpHeaders.RETRY_AFTER, SOON));
  }

  /** More syncs are asked for than can be recorded, and enough wait already. */
  @ExceptionHandler
  ResponseEntity<Object> overloaded(Overloaded e, HttpServletRequest request) {
    return problems.entity(
        request,
        Problem.of(
                503,
                "overloaded",
                "Too many requests wait already",
                "Repeat the request later, with the same idempotency key if it has one.")
            .withHeader(HttpHeaders.RETRY_AFTER, SOON));
  }

  @ExceptionHandler
  ResponseEntity<Object> unexpected(Exception e, HttpServletRequest request) {
    LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
    if (e instanceof ExportStream.BrokenOff brokenOff) {
      // too late for a problem: the container breaks the connection off
      throw brokenOff;
    }
    return problems.entity(request, internalError());
  }

  static Problem internalError() {
    return Problem.of(
        500,
        "internal-error",
        "Something went wrong here",
        "Nothing is known to have changed; give the X-Request-Id of this answer when you ask"
            + " about it.");
  }
}
