package io.walletsync.server.http.feed;

import io.walletsync.core.access.RecheckCaller;
import io.walletsync.core.access.RecheckCaller.Outcome.NoLonger;
import io.walletsync.core.access.RecheckCaller.Outcome.StillAllowed;
import io.walletsync.core.access.Scope;
import io.walletsync.server.http.access.Callers;
import io.walletsync.server.http.access.RequiresScope;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.BooleanSupplier;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The route of the change feed for those who keep listening. */
@RestController
public final class EventStreamController {
  private final EventQueryReader queries;
  private final EventStreams streams;
  private final RecheckCaller recheckCaller;

  public EventStreamController(
      EventQueryReader queries, EventStreams streams, RecheckCaller recheckCaller) {
    this.queries = queries;
    this.streams = streams;
    this.recheckCaller = recheckCaller;
  }

  @GetMapping("/api/v1/events/stream")
  @RequiresScope(Scope.WALLETS_READ)
  void follow(HttpServletRequest request, HttpServletResponse response) {
    var query = queries.readStream(request);
    if (HttpMethod.HEAD.matches(request.getMethod())) {
      EventLines.announce(response);
      return;
    }
    streams.send(
        query,
        () -> {
          EventLines.announce(response);
          return new EventLines(response.getOutputStream());
        },
        isAllowed(request));
  }

  private BooleanSupplier isAllowed(HttpServletRequest request) {
    var command = new RecheckCaller.Command(Callers.of(request), Scope.WALLETS_READ);
    return () ->
        switch (recheckCaller.recheck(command)) {
          case StillAllowed() -> true;
          case NoLonger() -> false;
        };
  }
}
