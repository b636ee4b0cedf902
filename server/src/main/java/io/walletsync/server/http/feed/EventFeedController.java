package io.walletsync.server.http.feed;

import io.walletsync.core.access.Scope;
import io.walletsync.core.notification.Outbox;
import io.walletsync.server.http.access.RequiresScope;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The route of the change feed for those who ask. */
@RestController
public final class EventFeedController {
  private final EventQueryReader queries;
  private final Outbox outbox;

  public EventFeedController(EventQueryReader queries, Outbox outbox) {
    this.queries = queries;
    this.outbox = outbox;
  }

  @GetMapping("/api/v1/events")
  @RequiresScope(Scope.WALLETS_READ)
  EventFeedJson list(HttpServletRequest request) {
    return EventFeedJson.of(outbox.list(queries.readList(request)));
  }
}
