package io.walletsync.server.http.access;

import io.walletsync.core.access.ApiKeys;
import io.walletsync.core.access.ConnectionLimit;
import io.walletsync.core.access.CreateApiKey;
import io.walletsync.core.access.RevokeApiKey;
import io.walletsync.core.access.RotateApiKey;
import io.walletsync.core.access.Scope;
import io.walletsync.core.access.Scopes;
import io.walletsync.core.kernel.Text;
import io.walletsync.server.http.problem.InvalidRequest;
import io.walletsync.server.http.problem.Problem;
import io.walletsync.server.http.problem.ProblemWriter;
import io.walletsync.server.http.wire.JsonFields;
import io.walletsync.server.http.wire.PageJson;
import io.walletsync.server.http.wire.QueryFields;
import io.walletsync.server.http.wire.UuidText;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The routes of API keys. */
@RestController
@RequestMapping(ApiKeyController.PATH)
public final class ApiKeyController {
  static final String PATH = "/api/v1/api-keys";
  private static final String LISTING = "api-keys";

  private final ApiKeys keys;
  private final CreateApiKey createApiKey;
  private final RotateApiKey rotateApiKey;
  private final RevokeApiKey revokeApiKey;
  private final ProblemWriter problems;

  public ApiKeyController(
      ApiKeys keys,
      CreateApiKey createApiKey,
      RotateApiKey rotateApiKey,
      RevokeApiKey revokeApiKey,
      ProblemWriter problems) {
    this.keys = keys;
    this.createApiKey = createApiKey;
    this.rotateApiKey = rotateApiKey;
    this.revokeApiKey = revokeApiKey;
    this.problems = problems;
  }

  @PostMapping(consumes = "application/json")
  @RequiresScope(Scope.KEYS_WRITE)
  ResponseEntity<Object> create(
      HttpServletRequest request, @RequestBody(required = false) byte @Nullable [] body) {
    QueryFields.none(request);
    var fields = JsonFields.of(body);
    var name = fields.requiredText("name", text -> Text.printable(text, 100));
    var scopes = fields.requiredList("scopes", Scope::of);
    var connections = fields.optionalList("connection_ids", UuidText::parse);
    fields.done();
    var command =
        new CreateApiKey.Command(
            Callers.of(request), name.get(), scopes(scopes.get()), limit(connections.orNull()));
    return switch (createApiKey.create(command)) {
      case CreateApiKey.Outcome.Created(var key, var secret) ->
          ResponseEntity.created(URI.create(PATH + "/" + key.id()))
              .cacheControl(CacheControl.noStore())
              .body(NewSecretJson.of(key, secret, null));
      case CreateApiKey.Outcome.ScopeNotHeld() -> problems.entity(request, notHeld("scopes"));
      case CreateApiKey.Outcome.ConnectionNotHeld() ->
          problems.entity(request, notHeld("connections"));
    };
  }

  @GetMapping
  @RequiresScope(Scope.KEYS_READ)
  PageJson<ApiKeyJson> list(HttpServletRequest request) {
    var fields = QueryFields.of(request);
    var after = fields.cursor(LISTING);
    var limit = fields.limit();
    fields.done();
    var page = keys.page(Callers.of(request).limit(), after, limit);
    return PageJson.of(page, ApiKeyJson::of, LISTING, key -> key.id().toString());
  }

  @GetMapping("/{api_key_id}")
  @RequiresScope(Scope.KEYS_READ)
  ResponseEntity<Object> read(HttpServletRequest request, @PathVariable("api_key_id") String id) {
    QueryFields.none(request);
    return keys.find(id(id), Callers.of(request).limit())
        .map(key -> ResponseEntity.ok((Object) ApiKeyJson.of(key)))
        .orElseGet(() -> problems.entity(request, notFound()));
  }

  @PostMapping(path = "/{api_key_id}/rotate", consumes = "application/json")
  @RequiresScope(Scope.KEYS_WRITE)
  ResponseEntity<Object> rotate(
      HttpServletRequest request,
      @PathVariable("api_key_id") String id,
      @RequestBody(required = false) byte @Nullable [] body) {
    QueryFields.none(request);
    var caller = Callers.of(request);
    var keyId = id(id);
    var fields = JsonFields.of(body);
    var command =
        fields.optionalNumber(
            "overlap_seconds",
            seconds -> new RotateApiKey.Command(caller, keyId, Duration.ofSeconds(seconds)));
    fields.done();
    var usual = new RotateApiKey.Command(caller, keyId, RotateApiKey.USUAL_OVERLAP);
    return switch (rotateApiKey.rotate(command.orElse(usual))) {
      case RotateApiKey.Outcome.Rotated(var key, var secret, var previousExpiresAt) ->
          ResponseEntity.ok()
              .cacheControl(CacheControl.noStore())
              .body(NewSecretJson.of(key, secret, previousExpiresAt));
      case RotateApiKey.Outcome.NotFound() -> problems.entity(request, notFound());
      case RotateApiKey.Outcome.Revoked() -> problems.entity(request, revoked());
      case RotateApiKey.Outcome.ScopeNotHeld() -> problems.entity(request, notHeld("scopes"));
    };
  }

  @PostMapping(path = "/{api_key_id}/revoke", consumes = "application/json")
  @RequiresScope(Scope.KEYS_WRITE)
  ResponseEntity<Object> revoke(
      HttpServletRequest request,
      @PathVariable("api_key_id") String id,
      @RequestBody(required = false) byte @Nullable [] body) {
    QueryFields.none(request);
    JsonFields.of(body).done();
    return revoke(request, id(id));
  }

  @DeleteMapping("/{api_key_id}")
  @RequiresScope(Scope.KEYS_WRITE)
  ResponseEntity<Object> delete(HttpServletRequest request, @PathVariable("api_key_id") String id) {
    QueryFields.none(request);
    return revoke(request, id(id));
  }

  private ResponseEntity<Object> revoke(HttpServletRequest request, UUID id) {
    var command = new RevokeApiKey.Command(Callers.of(request), id);
    return switch (revokeApiKey.revoke(command)) {
      case RevokeApiKey.Outcome.Revoked(var key) -> ResponseEntity.ok(ApiKeyJson.of(key));
      case RevokeApiKey.Outcome.NotFound() -> problems.entity(request, notFound());
    };
  }

  private static UUID id(String text) {
    return UuidText.parse("api_key_id", text);
  }

  private static Scopes scopes(List<Scope> scopes) {
    return InvalidRequest.checked("scopes", () -> new Scopes(Set.copyOf(scopes)));
  }

  private static ConnectionLimit limit(@Nullable List<UUID> connections) {
    return connections == null
        ? ConnectionLimit.NONE
        : InvalidRequest.checked(
            "connection_ids", () -> new ConnectionLimit(Set.copyOf(connections)));
  }

  private static Problem notFound() {
    return Problem.of(
        HttpStatus.NOT_FOUND.value(),
        "api-key-not-found",
        "There is no such API key",
        "No API key with this id is visible to your API key.");
  }

  private static Problem revoked() {
    return Problem.of(
        HttpStatus.CONFLICT.value(),
        "api-key-revoked",
        "The API key is revoked",
        "A revoked API key stays revoked; create another one.");
  }

  private static Problem notHeld(String what) {
    return Problem.of(
        HttpStatus.FORBIDDEN.value(),
        "beyond-own-rights",
        "The API key would be stronger than yours",
        "Your own API key lacks some of the " + what + ".");
  }
}
