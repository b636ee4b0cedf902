package io.walletsync.server.http.event;

import io.walletsync.core.access.Scope;
import io.walletsync.core.event.ProviderEvent;
import io.walletsync.core.event.ProviderEvents;
import io.walletsync.core.event.ProviderEvents.Position;
import io.walletsync.core.event.ReplayFailedEvents;
import io.walletsync.core.event.ReplayProviderEvent;
import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.server.http.access.Callers;
import io.walletsync.server.http.access.RequiresScope;
import io.walletsync.server.http.connection.ConnectionProblems;
import io.walletsync.server.http.problem.ProblemWriter;
import io.walletsync.server.http.wire.Cursor;
import io.walletsync.server.http.wire.JsonFields;
import io.walletsync.server.http.wire.PageJson;
import io.walletsync.server.http.wire.QueryFields;
import io.walletsync.server.http.wire.UuidText;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The routes of what providers announced. */
@RestController
@RequestMapping("/api/v1/provider-events")
public final class ProviderEventController {
  private static final String LISTING = "provider-events";
  private static final String SEPARATOR = " ";

  private final ProviderEvents events;
  private final ReplayProviderEvent replayProviderEvent;
  private final ReplayFailedEvents replayFailedEvents;
  private final ProblemWriter problems;

  public ProviderEventController(
      ProviderEvents events,
      ReplayProviderEvent replayProviderEvent,
      ReplayFailedEvents replayFailedEvents,
      ProblemWriter problems) {
    this.events = events;
    this.replayProviderEvent = replayProviderEvent;
    this.replayFailedEvents = replayFailedEvents;
    this.problems = problems;
  }

  @GetMapping
  @RequiresScope(Scope.EVENTS_READ)
  PageJson<ProviderEventJson> list(HttpServletRequest request) {
    var fields = QueryFields.of(request);
    var connection = fields.optionalUuid("connection_id");
    var query =
        new ProviderEvents.Query(
            Callers.visibility(request),
            connection == null ? null : new ConnectionId(connection),
            fields.optional("status", ProviderEventController::status),
            fields.optional("cursor", text -> position(Cursor.decode(LISTING, text))),
            fields.limit());
    fields.done();
    return PageJson.of(
        events.page(query), ProviderEventJson::of, LISTING, ProviderEventController::position);
  }

  @GetMapping("/{event_id}")
  @RequiresScope(Scope.EVENTS_READ)
  ResponseEntity<Object> read(HttpServletRequest request, @PathVariable("event_id") String id) {
    QueryFields.none(request);
    return events
        .find(UuidText.parse("event_id", id), Callers.visibility(request))
        .map(event -> ResponseEntity.ok((Object) ProviderEventJson.of(event)))
        .orElseGet(() -> problems.entity(request, ProviderEventProblems.notFound()));
  }

  @PostMapping(path = "/{event_id}/replay", consumes = "application/json")
  @RequiresScope(Scope.EVENTS_WRITE)
  ResponseEntity<Object> replay(
      HttpServletRequest request,
      @PathVariable("event_id") String id,
      @RequestBody(required = false) byte @Nullable [] body) {
    QueryFields.none(request);
    var event = UuidText.parse("event_id", id);
    JsonFields.of(body).done();
    var command =
        new ReplayProviderEvent.Command(
            Callers.of(request).actor(), Callers.visibility(request), event);
    return switch (replayProviderEvent.replay(command)) {
      case ReplayProviderEvent.Outcome.Waiting(var now) ->
          ResponseEntity.ok(ProviderEventJson.of(now));
      case ReplayProviderEvent.Outcome.ConnectionRemoved() ->
          problems.entity(request, ProviderEventProblems.connectionRemoved());
      case ReplayProviderEvent.Outcome.Unknown() ->
          problems.entity(request, ProviderEventProblems.notFound());
    };
  }

  @PostMapping(path = "/replay", consumes = "application/json")
  @RequiresScope(Scope.EVENTS_WRITE)
  ResponseEntity<Object> replayFailed(
      HttpServletRequest request, @RequestBody(required = false) byte @Nullable [] body) {
    QueryFields.none(request);
    var fields = JsonFields.of(body);
    var connection = fields.requiredText("connection_id", UuidText::parse);
    var _ = fields.requiredText("status", ProviderEventController::failed);
    fields.done();
    var command =
        new ReplayFailedEvents.Command(
            Callers.of(request).actor(),
            Callers.visibility(request),
            new ConnectionId(connection.get()));
    return switch (replayFailedEvents.replay(command)) {
      case ReplayFailedEvents.Outcome.Replayed(var count) ->
          ResponseEntity.ok(Map.of("replayed", count));
      case ReplayFailedEvents.Outcome.UnknownConnection() ->
          problems.entity(request, ConnectionProblems.notFound());
    };
  }

  private static ProviderEvent.Status status(String text) {
    return switch (text) {
      case "waiting" -> ProviderEvent.Status.WAITING;
      case "done" -> ProviderEvent.Status.DONE;
      case "ignored" -> ProviderEvent.Status.IGNORED;
      case "failed" -> ProviderEvent.Status.FAILED;
      default -> throw new InvalidValue("must be waiting, done, ignored or failed");
    };
  }

  private static ProviderEvent.Status failed(String text) {
    if (!text.equals("failed")) {
      throw new InvalidValue("must be failed: others are replayed one by one");
    }
    return ProviderEvent.Status.FAILED;
  }

  private static String position(ProviderEvent event) {
    return event.receivedAt() + SEPARATOR + event.id();
  }

  private static Position position(String text) {
    var parts = text.split(SEPARATOR, 2);
    try {
      return new Position(Instant.parse(parts[0]), UuidText.parse(parts[parts.length - 1]));
    } catch (DateTimeParseException _) {
      throw new InvalidValue("must be the next_cursor of the page before");
    }
  }
}
