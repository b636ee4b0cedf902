package io.walletsync.server.http.subscription;

import io.walletsync.core.access.Scope;
import io.walletsync.core.channel.TargetRules;
import io.walletsync.core.delivery.PingSubscription;
import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.kernel.Text;
import io.walletsync.core.subscription.ChangeSubscription;
import io.walletsync.core.subscription.CreateSubscription;
import io.walletsync.core.subscription.CreateSubscriptionOnce;
import io.walletsync.core.subscription.EnableSubscription;
import io.walletsync.core.subscription.RemoveSubscription;
import io.walletsync.core.subscription.RotateWebhookSecret;
import io.walletsync.core.subscription.Subscription;
import io.walletsync.core.subscription.Subscriptions;
import io.walletsync.server.http.access.Callers;
import io.walletsync.server.http.access.RequiresScope;
import io.walletsync.server.http.problem.ProblemWriter;
import io.walletsync.server.http.sync.SyncProblems;
import io.walletsync.server.http.wire.IdempotencyKeys;
import io.walletsync.server.http.wire.JsonFields;
import io.walletsync.server.http.wire.PageJson;
import io.walletsync.server.http.wire.QueryFields;
import io.walletsync.server.http.wire.UuidText;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The routes of who is told what happens. */
@RestController
@RequestMapping(SubscriptionController.PATH)
public final class SubscriptionController {
  static final String PATH = "/api/v1/webhook-subscriptions";
  static final String ID = "subscription_id";
  private static final String LISTING = "webhook-subscriptions";
  private static final int LONGEST_NAME = 100;

  private final Subscriptions subscriptions;
  private final CreateSubscriptionOnce createSubscription;
  private final ChangeSubscription changeSubscription;
  private final EnableSubscription enableSubscription;
  private final RemoveSubscription removeSubscription;
  private final RotateWebhookSecret rotateWebhookSecret;
  private final PingSubscription pingSubscription;
  private final SubscriptionReader reader;
  private final ProblemWriter problems;

  public SubscriptionController(
      Subscriptions subscriptions,
      CreateSubscriptionOnce createSubscription,
      ChangeSubscription changeSubscription,
      EnableSubscription enableSubscription,
      RemoveSubscription removeSubscription,
      RotateWebhookSecret rotateWebhookSecret,
      PingSubscription pingSubscription,
      TargetRules rules,
      ProblemWriter problems) {
    this.subscriptions = subscriptions;
    this.createSubscription = createSubscription;
    this.changeSubscription = changeSubscription;
    this.enableSubscription = enableSubscription;
    this.removeSubscription = removeSubscription;
    this.rotateWebhookSecret = rotateWebhookSecret;
    this.pingSubscription = pingSubscription;
    this.reader = new SubscriptionReader(rules);
    this.problems = problems;
  }

  @PostMapping(consumes = "application/json")
  @RequiresScope(Scope.WEBHOOKS_WRITE)
  ResponseEntity<Object> create(
      HttpServletRequest request, @RequestBody(required = false) byte @Nullable [] body) {
    QueryFields.none(request);
    var key = IdempotencyKeys.only(IdempotencyKeys.inHeaders(request));
    var fields = JsonFields.of(body);
    var name = fields.requiredText("name", text -> Text.printable(text, LONGEST_NAME));
    var channel = reader.required(fields);
    var filter = reader.filter(fields);
    fields.done();
    var command =
        new CreateSubscription.Command(
            Callers.of(request).actor(),
            Callers.visibility(request),
            name.get(),
            channel.get(),
            filter.get());
    var outcome =
        createSubscription.create(
            new CreateSubscriptionOnce.Command(command, key, fingerprint(body)));
    return switch (outcome) {
      case CreateSubscriptionOnce.Outcome.Done(var now) -> created(request, command, now);
      case CreateSubscriptionOnce.Outcome.Replayed(var before) ->
          ResponseEntity.ok()
              .location(URI.create(PATH + "/" + before.id()))
              .header(IdempotencyKeys.REPLAYED, "true")
              .cacheControl(CacheControl.noStore())
              .body(SubscriptionJson.of(before));
      case CreateSubscriptionOnce.Outcome.Gone() ->
          problems.entity(request, SubscriptionProblems.notFound());
      case CreateSubscriptionOnce.Outcome.InFlight(var remaining) ->
          problems.entity(request, SyncProblems.inFlight(remaining));
      case CreateSubscriptionOnce.Outcome.KeyReused() ->
          problems.entity(request, SyncProblems.keyReused());
    };
  }

  private static String fingerprint(byte @Nullable [] body) {
    var text = body == null ? "" : new String(body, StandardCharsets.UTF_8);
    return IdempotencyKeys.fingerprint("webhook-subscriptions\n" + text);
  }

  private ResponseEntity<Object> created(
      HttpServletRequest request,
      CreateSubscription.Command command,
      CreateSubscription.Outcome outcome) {
    return switch (outcome) {
      case CreateSubscription.Outcome.Created(var made, var secret) ->
          ResponseEntity.created(URI.create(PATH + "/" + made.id()))
              .cacheControl(CacheControl.noStore())
              .body(SubscriptionJson.of(made, secret, null));
      case CreateSubscription.Outcome.NoSuchChannel() ->
          problems.entity(request, SubscriptionProblems.noSuchChannel(command.channel().kind()));
      case CreateSubscription.Outcome.TooMany() ->
          problems.entity(request, SubscriptionProblems.tooMany());
    };
  }

  @GetMapping
  @RequiresScope(Scope.WEBHOOKS_READ)
  PageJson<SubscriptionJson> list(HttpServletRequest request) {
    var fields = QueryFields.of(request);
    var query =
        new Subscriptions.Query(
            Callers.visibility(request),
            fields.optional("status", Subscription.State::of),
            fields.cursor(LISTING),
            fields.limit());
    fields.done();
    return PageJson.of(
        subscriptions.page(query), SubscriptionJson::of, LISTING, it -> it.id().toString());
  }

  @GetMapping("/{" + ID + "}")
  @RequiresScope(Scope.WEBHOOKS_READ)
  ResponseEntity<Object> read(HttpServletRequest request, @PathVariable(ID) String id) {
    QueryFields.none(request);
    return subscriptions
        .find(id(id), Callers.visibility(request))
        .map(found -> ResponseEntity.ok((Object) SubscriptionJson.of(found)))
        .orElseGet(() -> problems.entity(request, SubscriptionProblems.notFound()));
  }

  @PatchMapping(path = "/{" + ID + "}", consumes = "application/json")
  @RequiresScope(Scope.WEBHOOKS_WRITE)
  ResponseEntity<Object> change(
      HttpServletRequest request,
      @PathVariable(ID) String id,
      @RequestBody(required = false) byte @Nullable [] body) {
    QueryFields.none(request);
    var subscription = id(id);
    var fields = JsonFields.of(body);
    var name = fields.optionalText("name", text -> Text.printable(text, LONGEST_NAME));
    var channel = SubscriptionReader.isGiven(fields, "channel") ? reader.required(fields) : null;
    var filter = SubscriptionReader.isGiven(fields, "filter") ? reader.filter(fields) : null;
    var paused = fields.optionalText("status", SubscriptionController::isPaused);
    fields.done();
    var command =
        new ChangeSubscription.Command(
            Callers.of(request).actor(),
            Callers.visibility(request),
            subscription,
            name.orNull(),
            channel == null ? null : channel.get(),
            filter == null ? null : filter.get(),
            paused.orNull());
    return switch (changeSubscription.change(command)) {
      case ChangeSubscription.Outcome.Changed(var now) ->
          ResponseEntity.ok(SubscriptionJson.of(now));
      case ChangeSubscription.Outcome.Unknown() ->
          problems.entity(request, SubscriptionProblems.notFound());
      case ChangeSubscription.Outcome.OtherChannel(var kind) ->
          problems.entity(request, SubscriptionProblems.otherChannel(kind));
      case ChangeSubscription.Outcome.Disabled() ->
          problems.entity(request, SubscriptionProblems.disabled());
    };
  }

  @DeleteMapping("/{" + ID + "}")
  @RequiresScope(Scope.WEBHOOKS_WRITE)
  ResponseEntity<Object> remove(HttpServletRequest request, @PathVariable(ID) String id) {
    QueryFields.none(request);
    var command =
        new RemoveSubscription.Command(
            Callers.of(request).actor(), Callers.visibility(request), id(id));
    return removeSubscription.remove(command)
        ? ResponseEntity.noContent().build()
        : problems.entity(request, SubscriptionProblems.notFound());
  }

  @PostMapping(path = "/{" + ID + "}/enable", consumes = "application/json")
  @RequiresScope(Scope.WEBHOOKS_WRITE)
  ResponseEntity<Object> enable(
      HttpServletRequest request,
      @PathVariable(ID) String id,
      @RequestBody(required = false) byte @Nullable [] body) {
    QueryFields.none(request);
    var subscription = id(id);
    JsonFields.of(body).done();
    return enableSubscription
        .enable(
            new EnableSubscription.Command(
                Callers.of(request).actor(), Callers.visibility(request), subscription))
        .map(now -> ResponseEntity.ok((Object) SubscriptionJson.of(now)))
        .orElseGet(() -> problems.entity(request, SubscriptionProblems.notFound()));
  }

  @PostMapping(path = "/{" + ID + "}/rotate-secret", consumes = "application/json")
  @RequiresScope(Scope.WEBHOOKS_WRITE)
  ResponseEntity<Object> rotate(
      HttpServletRequest request,
      @PathVariable(ID) String id,
      @RequestBody(required = false) byte @Nullable [] body) {
    QueryFields.none(request);
    var subscription = id(id);
    var fields = JsonFields.of(body);
    var given =
        fields.optionalNumber(
            "overlap_seconds",
            seconds -> rotation(request, subscription, Duration.ofSeconds(seconds)));
    fields.done();
    var command = given.orElse(rotation(request, subscription, RotateWebhookSecret.USUAL_OVERLAP));
    return switch (rotateWebhookSecret.rotate(command)) {
      case RotateWebhookSecret.Outcome.Rotated(var now, var secret, var previousExpiresAt) ->
          ResponseEntity.ok()
              .cacheControl(CacheControl.noStore())
              .body(SubscriptionJson.of(now, secret, previousExpiresAt));
      case RotateWebhookSecret.Outcome.Unknown() ->
          problems.entity(request, SubscriptionProblems.notFound());
      case RotateWebhookSecret.Outcome.NotSigned() ->
          problems.entity(request, SubscriptionProblems.notSigned());
    };
  }

  @PostMapping(path = "/{" + ID + "}/ping", consumes = "application/json")
  @RequiresScope(Scope.WEBHOOKS_WRITE)
  ResponseEntity<Object> ping(
      HttpServletRequest request,
      @PathVariable(ID) String id,
      @RequestBody(required = false) byte @Nullable [] body) {
    QueryFields.none(request);
    var subscription = id(id);
    JsonFields.of(body).done();
    var command =
        new PingSubscription.Command(
            Callers.of(request).actor(), Callers.visibility(request), subscription);
    return switch (pingSubscription.ping(command)) {
      case PingSubscription.Outcome.Pinged pinged -> ResponseEntity.ok(PingJson.of(pinged));
      case PingSubscription.Outcome.Unknown() ->
          problems.entity(request, SubscriptionProblems.notFound());
    };
  }

  private static RotateWebhookSecret.Command rotation(
      HttpServletRequest request, UUID subscription, Duration overlap) {
    return new RotateWebhookSecret.Command(
        Callers.of(request).actor(), Callers.visibility(request), subscription, overlap);
  }

  private static UUID id(String text) {
    return UuidText.parse(ID, text);
  }

  private static Boolean isPaused(String status) {
    return switch (status) {
      case "active" -> false;
      case "paused" -> true;
      default -> throw new InvalidValue("must be active or paused");
    };
  }
}
