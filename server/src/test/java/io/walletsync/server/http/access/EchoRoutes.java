package io.walletsync.server.http.access;

import io.walletsync.core.access.Scope;
import io.walletsync.server.http.problem.InvalidRequest;
import io.walletsync.server.http.problem.Problem;
import io.walletsync.server.http.problem.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Routes that tell what reached them, and the advice the real server has. */
@RestController
@RestControllerAdvice
class EchoRoutes {
  private final ProblemWriter problems;

  EchoRoutes(ProblemWriter problems) {
    this.problems = problems;
  }

  @GetMapping({"/api/v1/echo", "/api/v1/echo/{name}"})
  @RequiresScope(Scope.WALLETS_READ)
  String read(HttpServletRequest request, @PathVariable(required = false) @Nullable String name) {
    return Callers.of(request).keyId() + " " + name + " " + request.getQueryString();
  }

  @PostMapping("/api/v1/echo")
  @RequiresScope(Scope.WALLETS_WRITE)
  byte[] write(@RequestBody(required = false) byte @Nullable [] body) {
    return body == null ? "nothing".getBytes(StandardCharsets.UTF_8) : body;
  }

  @PostMapping("/api/v1/claims")
  @RequiresScope(value = Scope.BALANCES_SYNC, claimsNonce = true)
  String claim(HttpServletRequest request) {
    return Callers.of(request).nonce() + "";
  }

  @DeleteMapping("/api/v1/unlabelled")
  String unlabelled() {
    return "must not be reached";
  }

  @PostMapping("/webhooks/{provider}")
  String webhook(@RequestBody byte[] body) {
    return "webhook " + body.length;
  }

  @PostMapping("/webhooks/secret/mislabelled")
  @RequiresScope(Scope.AUDIT_READ)
  String mislabelled() {
    return "must not be reached";
  }

  @ExceptionHandler
  ResponseEntity<Object> malformed(HttpServletRequest request, InvalidRequest invalid) {
    return problems.entity(request, invalid.problem());
  }

  @ExceptionHandler
  ResponseEntity<Object> broken(HttpServletRequest request, IllegalStateException broken) {
    return problems.entity(
        request, Problem.of(500, "internal", "Something broke", "Try again later."));
  }
}
