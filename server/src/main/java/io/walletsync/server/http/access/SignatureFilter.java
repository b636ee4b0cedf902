package io.walletsync.server.http.access;

import io.walletsync.core.access.AuthenticateRequest;
import io.walletsync.core.access.AuthenticateRequest.Outcome;
import io.walletsync.core.access.AuthenticateRequest.Outcome.Authenticated;
import io.walletsync.core.access.AuthenticateRequest.Outcome.Refused;
import io.walletsync.server.http.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.servlet.filter.OrderedFilter;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Lets nobody past without a right signature, except to public routes. It reads the raw body before
 * anybody else can, because that is what was signed.
 */
public final class SignatureFilter extends OncePerRequestFilter {
  /** Before Spring's own filter for form bodies, which would read the body away. */
  public static final int ORDER = OrderedFilter.REQUEST_WRAPPER_FILTER_MAX_ORDER - 11_000;

  private final AuthenticateRequest authenticateRequest;
  private final Predicate<HttpServletRequest> publicRoutes;
  private final ProblemWriter problems;
  private final HandlerExceptionResolver exceptions;

  /**
   * Makes the filter.
   *
   * @param exceptions answers what is thrown here (no database, say) as it would for a controller
   */
  public SignatureFilter(
      AuthenticateRequest authenticateRequest,
      Predicate<HttpServletRequest> publicRoutes,
      ProblemWriter problems,
      HandlerExceptionResolver exceptions) {
    this.authenticateRequest = authenticateRequest;
    this.publicRoutes = publicRoutes;
    this.problems = problems;
    this.exceptions = exceptions;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (publicRoutes.test(request)) {
      Callers.setPublic(request);
      chain.doFilter(request, response);
      return;
    }
    var mostBytes = BodyLimits.of(request);
    var body = body(request, mostBytes);
    if (body == null) {
      problems.write(request, response, AccessProblems.bodyTooLarge(mostBytes));
      return;
    }
    var outcome = authenticate(request, response, body);
    switch (outcome) {
      case Authenticated(var caller) -> {
        Callers.set(request, caller);
        chain.doFilter(new BufferedRequest(request, body), response);
      }
      case Refused(var refusal, var at) ->
          problems.write(request, response, AccessProblems.unauthenticated(refusal, at));
      case null -> {} // answered already
    }
  }

  private @Nullable Outcome authenticate(
      HttpServletRequest request, HttpServletResponse response, byte[] body) {
    try {
      return authenticateRequest.authenticate(
          SignedRequests.of(request, body, Callers.requestId(request)));
    } catch (RuntimeException e) {
      if (exceptions.resolveException(request, response, null, e) == null) {
        throw e;
      }
      return null;
    }
  }

  /** The whole body; null if it is too large, which is noticed before it is all here. */
  private static byte @Nullable [] body(HttpServletRequest request, int mostBytes)
      throws IOException {
    if (request.getContentLengthLong() > mostBytes) {
      return null;
    }
    var body = request.getInputStream().readNBytes(mostBytes + 1);
    return body.length > mostBytes ? null : body;
  }
}
