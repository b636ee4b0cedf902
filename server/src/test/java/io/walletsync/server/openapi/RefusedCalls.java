package io.walletsync.server.openapi;

import io.walletsync.core.access.Scope;
import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.ApiRoute;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.UUID;

/** Calls that every route refuses in the same way. */
record RefusedCalls(DescribedServer at) {
  /** What every route refuses in the same way. */
  void of(ApiRoute route) {
    var method = route.method();
    var target = route.target(UUID.randomUUID());
    var body = route.emptyBody();
    at.client.call(method, target + "?colour=blue", body).expect(400);
    var request =
        HttpRequest.newBuilder(URI.create(at.server.address() + target))
            .method(method, HttpRequest.BodyPublishers.noBody());
    at.client.saw(method, target, null, ApiClient.send(request.build()).expect(401));
    var scope = route.scope() == Scope.AUDIT_READ ? Scope.KEYS_READ : Scope.AUDIT_READ;
    var weak =
        at.client.call(
            "POST", "/api/v1/api-keys", "{\"name\":\"x\",\"scopes\":[\"" + scope.code() + "\"]}");
    at.client.as(at.key(weak)).call(method, target, body).expect(403);
    if (route.path().contains("{")) {
      at.client.call(method, target, body).expect(404);
    }
    if (body != null) {
      at.client.call(method, target, "x".repeat(route.mostBytes() + 1)).expect(413);
      at.client.call(method, target, null, Map.of("Content-Type", "text/plain"), body).expect(415);
    }
  }
}
