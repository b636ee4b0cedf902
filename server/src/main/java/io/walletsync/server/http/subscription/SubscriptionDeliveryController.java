package io.walletsync.server.http.subscription;

import io.walletsync.core.access.Scope;
import io.walletsync.core.delivery.Deliveries;
import io.walletsync.core.delivery.Delivery;
import io.walletsync.core.delivery.ReplayDelivery;
import io.walletsync.core.delivery.ReplayEvents;
import io.walletsync.core.subscription.Subscriptions;
import io.walletsync.server.http.access.Callers;
import io.walletsync.server.http.access.RequiresScope;
import io.walletsync.server.http.feed.EventFeedJson;
import io.walletsync.server.http.problem.InvalidRequest;
import io.walletsync.server.http.problem.ProblemWriter;
import io.walletsync.server.http.wire.JsonFields;
import io.walletsync.server.http.wire.MomentText;
import io.walletsync.server.http.wire.PageJson;
import io.walletsync.server.http.wire.QueryFields;
import io.walletsync.server.http.wire.UuidText;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** The routes of what a subscription was told, how that went, and of telling it again. */
@RestController
@RequestMapping(SubscriptionController.PATH + "/{" + SubscriptionController.ID + "}")
public final class SubscriptionDeliveryController {
  private static final String DELIVERY = "delivery_id";
  private static final String LISTING = "deliveries";

  private final Subscriptions subscriptions;
  private final Deliveries deliveries;
  private final ReplayDelivery replayDelivery;
  private final ReplayEvents replayEvents;
  private final ProblemWriter problems;

  public SubscriptionDeliveryController(
      Subscriptions subscriptions,
      Deliveries deliveries,
      ReplayDelivery replayDelivery,
      ReplayEvents replayEvents,
      ProblemWriter problems) {
    this.subscriptions = subscriptions;
    this.deliveries = deliveries;
    this.replayDelivery = replayDelivery;
    this.replayEvents = replayEvents;
    this.problems = problems;
  }

  @GetMapping("/deliveries")
  @RequiresScope(Scope.WEBHOOKS_READ)
  ResponseEntity<Object> list(
      HttpServletRequest request, @PathVariable(SubscriptionController.ID) String id) {
    var subscription = id(id);
    var fields = QueryFields.of(request);
    var query =
        new Deliveries.Query(
            subscription,
            fields.optional("state", Delivery.State::of),
            fields.cursor(LISTING),
            fields.limit());
    fields.done();
    return subscriptions
        .find(subscription, Callers.visibility(request))
        .map(
            _ ->
                ResponseEntity.ok(
                    (Object)
                        PageJson.of(
                            deliveries.page(query),
                            DeliveryJson::of,
                            LISTING,
                            it -> it.event().toString())))
        .orElseGet(() -> problems.entity(request, SubscriptionProblems.notFound()));
  }

  @GetMapping("/deliveries/{" + DELIVERY + "}")
  @RequiresScope(Scope.WEBHOOKS_READ)
  ResponseEntity<Object> read(
      HttpServletRequest request,
      @PathVariable(SubscriptionController.ID) String id,
      @PathVariable(DELIVERY) String delivery) {
    QueryFields.none(request);
    var event = UuidText.parse(DELIVERY, delivery);
    var subscription = id(id);
    if (subscriptions.find(subscription, Callers.visibility(request)).isEmpty()) {
      return problems.entity(request, SubscriptionProblems.notFound());
    }
    return deliveries
        .find(subscription, event)
        .map(
            found ->
                ResponseEntity.ok(
                    (Object) DeliveryJson.of(found, deliveries.attempts(subscription, event))))
        .orElseGet(() -> problems.entity(request, SubscriptionProblems.deliveryNotFound()));
  }

  @PostMapping(path = "/deliveries/{" + DELIVERY + "}/replay", consumes = "application/json")
  @RequiresScope(Scope.WEBHOOKS_WRITE)
  ResponseEntity<Object> replay(
      HttpServletRequest request,
      @PathVariable(SubscriptionController.ID) String id,
      @PathVariable(DELIVERY) String delivery,
      @RequestBody(required = false) byte @Nullable [] body) {
    QueryFields.none(request);
    var event = UuidText.parse(DELIVERY, delivery);
    var command =
        new ReplayDelivery.Command(
            Callers.of(request).actor(), Callers.visibility(request), id(id), event);
    JsonFields.of(body).done();
    return switch (replayDelivery.replay(command)) {
      case ReplayDelivery.Outcome.Replayed(var now) ->
          ResponseEntity.accepted().body(DeliveryJson.of(now));
      case ReplayDelivery.Outcome.UnknownSubscription() ->
          problems.entity(request, SubscriptionProblems.notFound());
      case ReplayDelivery.Outcome.UnknownDelivery() ->
          problems.entity(request, SubscriptionProblems.deliveryNotFound());
      case ReplayDelivery.Outcome.Disabled() ->
          problems.entity(request, SubscriptionProblems.disabled());
    };
  }

  @PostMapping(path = "/replay", consumes = "application/json")
  @RequiresScope(Scope.WEBHOOKS_WRITE)
  ResponseEntity<Object> replay(
      HttpServletRequest request,
      @PathVariable(SubscriptionController.ID) String id,
      @RequestBody(required = false) byte @Nullable [] body) {
    QueryFields.none(request);
    var subscription = id(id);
    var fields = JsonFields.of(body);
    var from = fields.requiredText("from", MomentText::parse);
    var to = fields.requiredText("to", MomentText::parse);
    var cursor = fields.optionalText("cursor", text -> EventFeedJson.place("cursor", text));
    fields.done();
    var command =
        InvalidRequest.checked(
            "to",
            () ->
                new ReplayEvents.Command(
                    Callers.of(request).actor(),
                    Callers.visibility(request),
                    subscription,
                    from.get(),
                    to.get(),
                    cursor.orNull()));
    return switch (replayEvents.replay(command)) {
      case ReplayEvents.Outcome.Replayed(var events, var next) ->
          ResponseEntity.accepted()
              .body(
                  new ReplayJson(
                      events, next.isPresent(), next.map(EventFeedJson::cursor).orElse(null)));
      case ReplayEvents.Outcome.Unknown() ->
          problems.entity(request, SubscriptionProblems.notFound());
      case ReplayEvents.Outcome.Disabled() ->
          problems.entity(request, SubscriptionProblems.disabled());
    };
  }

  private static UUID id(String text) {
    return UuidText.parse(SubscriptionController.ID, text);
  }

  /**
   * What a replay came to.
   *
   * @param events how many are sent again
   * @param nextCursor to go on with the same times; null where all are
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record ReplayJson(int events, boolean hasMore, @Nullable String nextCursor) {}
}
