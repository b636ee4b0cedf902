package io.walletsync.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.access.Scope;
import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.ApiRoute;
import io.walletsync.server.support.StoredState;
import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every route of the running application holds its scope against the caller's. */
class RouteScopeTest {
  private static TestDatabase database;
  private static StubPaystack paystack;
  private static TestServer server;

  @BeforeAll
  static void start() {
    database = TestDatabase.create();
    paystack = new StubPaystack();
    server = TestServer.start(database, paystack.url());
  }

  @AfterAll
  static void stop() {
    server.close();
    paystack.close();
  }

  @Test
  void aKeyWithEveryScopeButThoseThatCoverARouteIsRefused() {
    var keys = keys(route -> scope -> !scope.covers(route));
    var before = StoredState.of(database);
    for (var route : ApiRoute.all(server)) {
      var key = keys.of(route);
      var answer =
          key.send(
              route.method(), route.target(UUID.randomUUID()), null, Map.of(), route.emptyBody());

      assertThat(answer.expect(403).problem()).as(route.name()).isEqualTo("scope-missing");
      assertThat(answer.text("required_scope")).isEqualTo(route.scope().code());
    }
    assertThat(StoredState.of(database)).isEqualTo(before);
  }

  @Test
  void aKeyWithNothingButTheScopeOfARouteGetsPast() {
    var keys = keys(route -> scope -> scope == route);
    for (var route : ApiRoute.all(server)) {
      assertThat(status(keys.of(route), route)).as(route.name()).isIn(200, 400, 404);
    }
  }

  private static int status(ApiClient key, ApiRoute route) {
    var target = route.target(UUID.randomUUID());
    if (!route.isEndless()) {
      return key.send(route.method(), target, null, Map.of(), route.emptyBody()).status();
    }
    try (var stream = key.listen(target, Map.of())) {
      return stream.response().statusCode();
    }
  }

  private interface Choice {
    Predicate<Scope> of(Scope route);
  }

  private interface Keys {
    ApiClient of(ApiRoute route);
  }

  /** For each scope a key with those that are chosen for it. */
  private static Keys keys(Choice choice) {
    var keys = new EnumMap<Scope, ApiClient>(Scope.class);
    for (var scope : Scope.values()) {
      var held =
          Arrays.stream(Scope.values())
              .filter(choice.of(scope))
              .map(each -> '"' + each.code() + '"')
              .collect(Collectors.joining(","));
      var created =
          server
              .client()
              .post("/api/v1/api-keys", "{\"name\":\"x\",\"scopes\":[" + held + "]}")
              .expect(201);
      keys.put(
          scope,
          new ApiClient(
              server.address(),
              created.text("key_id"),
              Base64.getDecoder().decode(created.text("secret"))));
    }
    return route -> requireNonNull(keys.get(route.scope()));
  }
}
