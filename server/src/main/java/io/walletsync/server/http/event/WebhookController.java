package io.walletsync.server.http.event;

import io.walletsync.core.event.Delivery;
import io.walletsync.core.event.ReceiveProviderEvent;
import io.walletsync.core.event.ReceiveProviderEvent.Outcome;
import io.walletsync.server.http.access.AccessProblems;
import io.walletsync.server.http.access.SignedRequests;
import io.walletsync.server.http.problem.InvalidRequest;
import io.walletsync.server.http.problem.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The route that providers call. It is not signed by an API key: each provider proves its
 * notifications in its own way, over the bytes as they came.
 */
@RestController
public final class WebhookController {
  static final int MOST_BYTES = 1 << 20;

  private final ReceiveProviderEvent receiveProviderEvent;
  private final ProblemWriter problems;

  public WebhookController(ReceiveProviderEvent receiveProviderEvent, ProblemWriter problems) {
    this.receiveProviderEvent = receiveProviderEvent;
    this.problems = problems;
  }

  @PostMapping("/webhooks/{provider}/{connection_id}")
  ResponseEntity<Object> receive(
      HttpServletRequest request,
      @PathVariable("provider") String provider,
      @PathVariable("connection_id") String connection) {
    var command =
        new ReceiveProviderEvent.Command(
            provider, connection, request.getRemoteAddr(), delivery(request));
    return switch (receiveProviderEvent.receive(command)) {
      case Outcome.Accepted() -> answer("accepted");
      case Outcome.Duplicate() -> answer("duplicate");
      case Outcome.NotGenuine() -> problems.entity(request, WebhookProblems.notGenuine());
      case Outcome.RefusedTooOften(var wait) ->
          problems.entity(request, WebhookProblems.refusedTooOften(wait));
      case Outcome.InboxFull(var wait) -> problems.entity(request, WebhookProblems.inboxFull(wait));
      case Outcome.TooLarge() -> problems.entity(request, AccessProblems.bodyTooLarge(MOST_BYTES));
    };
  }

  private static ResponseEntity<Object> answer(String status) {
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .cacheControl(CacheControl.noStore())
        .body(Map.of("status", status));
  }

  /** Null if it is too large, which is noticed before it is all here. */
  private static @Nullable Delivery delivery(HttpServletRequest request) {
    if (request.getContentLengthLong() > MOST_BYTES) {
      return null;
    }
    try {
      var body = request.getInputStream().readNBytes(MOST_BYTES + 1);
      return body.length > MOST_BYTES ? null : new Delivery(SignedRequests.headers(request), body);
    } catch (IOException _) {
      throw new InvalidRequest("", "must arrive whole");
    }
  }
}
