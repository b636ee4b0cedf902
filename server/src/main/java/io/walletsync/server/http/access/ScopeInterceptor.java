package io.walletsync.server.http.access;

import io.walletsync.core.access.AuthorizeCaller;
import io.walletsync.core.access.AuthorizeCaller.Command;
import io.walletsync.core.access.AuthorizeCaller.Outcome.Authorized;
import io.walletsync.core.access.AuthorizeCaller.Outcome.Refused;
import io.walletsync.core.access.Refusal;
import io.walletsync.server.http.problem.Problem;
import io.walletsync.server.http.problem.ProblemWriter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/**
 * Burns the nonce and checks the scope once it is known which route a request takes. Whatever is
 * neither public nor names its scope is not served.
 */
public final class ScopeInterceptor implements HandlerInterceptor {
  private final AuthorizeCaller authorizeCaller;
  private final ProblemWriter problems;

  public ScopeInterceptor(AuthorizeCaller authorizeCaller, ProblemWriter problems) {
    this.authorizeCaller = authorizeCaller;
    this.problems = problems;
  }

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
      throws IOException {
    if (request.getDispatcherType() == DispatcherType.ERROR
        || request.getDispatcherType() == DispatcherType.ASYNC) {
      return true; // the second look at a request that was let in, or answered, before
    }
    var scope =
        handler instanceof HandlerMethod method
            ? method.getMethodAnnotation(RequiresScope.class)
            : null;
    if (scope == null) {
      if (handler instanceof HandlerMethod method
          && !Callers.isPublic(request)
          && !tellsMethods(method)) {
        throw new IllegalStateException(handler + " names no scope and is not public");
      }
      return true;
    }
    var problem = problem(request, scope);
    if (problem != null) {
      problems.write(request, response, problem);
    }
    return problem == null;
  }

  /** Spring's own answer to OPTIONS: which methods a route has is no secret. */
  private static boolean tellsMethods(HandlerMethod handler) {
    return handler.getBeanType().getEnclosingClass() == RequestMappingInfoHandlerMapping.class;
  }

  private @Nullable Problem problem(HttpServletRequest request, RequiresScope scope) {
    var caller = Callers.find(request);
    if (caller == null) {
      return AccessProblems.signatureInvalid();
    }
    var command = new Command(caller, scope.value(), scope.claimsNonce());
    return switch (authorizeCaller.authorize(command)) {
      case Authorized() -> null;
      case Refused(var refusal) ->
          refusal == Refusal.NONCE_REUSED
              ? AccessProblems.nonceReused()
              : AccessProblems.scopeMissing(scope.value());
    };
  }
}
