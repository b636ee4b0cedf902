package io.walletsync.server.badinput;

import io.walletsync.server.support.ApiRoute;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** What every route refuses in the same way, whatever it is for. */
record BadRouteInput(BadInputServer to) {
  Stream<BadInput> ids() {
    var routes =
        ApiRoute.all(to.server).stream().filter(route -> route.path().contains("{")).toList();
    return Stream.of("not-a-uuid", "1-1-1-1-1", UUID.randomUUID().toString().replace("-", ""))
        .flatMap(
            id ->
                routes.stream()
                    .map(
                        route ->
                            BadInput.field(
                                route.path().replaceAll(".*\\{([a-z_]+)}.*", "$1"),
                                route.name() + " with " + id,
                                () ->
                                    to.client.send(
                                        route.method(),
                                        route.path().replaceAll("\\{[a-z_]+}", id),
                                        null,
                                        Map.of(),
                                        route.emptyBody()))));
  }

  Stream<BadInput> parameters() {
    return ApiRoute.all(to.server).stream()
        .map(
            route ->
                BadInput.field(
                    "colour",
                    route.name(),
                    () ->
                        to.client.send(
                            route.method(),
                            route.target(UUID.fromString(to.wallet)) + "?colour=blue",
                            null,
                            Map.of(),
                            route.emptyBody())));
  }

  Stream<BadInput> fields() {
    return withBody()
        .map(
            route ->
                BadInput.field(
                    "colour",
                    route.name(),
                    () ->
                        to.client.send(
                            route.method(), target(route), null, Map.of(), "{\"colour\":1}")));
  }

  Stream<BadInput> bodies() {
    var bodies =
        Map.of(
            "half an object", "{\"currency\":",
            "an array", "[]",
            "a text", "\"{}\"",
            "two objects", "{} {}",
            "a member twice", "{\"currency\":\"NGN\",\"currency\":\"GHS\"}",
            "a comment", "{} // really",
            "a number that is none", "{\"overlap_seconds\":NaN}",
            "single quotes", "{'currency':'NGN'}",
            "too deep", "[".repeat(5_000) + "]".repeat(5_000),
            "a long number", "{\"overlap_seconds\":" + "9".repeat(1_000) + "}");
    return withBody()
        .flatMap(
            route ->
                bodies.entrySet().stream()
                    .map(
                        body ->
                            BadInput.field(
                                "",
                                route.name() + " with " + body.getKey(),
                                () ->
                                    to.client.send(
                                        route.method(),
                                        target(route),
                                        null,
                                        Map.of(),
                                        body.getValue()))));
  }

  Stream<BadInput> contentTypes() {
    return withBody()
        .flatMap(
            route ->
                Stream.of("text/plain", "application/x-www-form-urlencoded", "nonsense")
                    .map(
                        type ->
                            BadInput.of(
                                415,
                                "unsupported-media-type",
                                route.name() + " with " + type,
                                () ->
                                    to.client.send(
                                        route.method(),
                                        target(route),
                                        null,
                                        Map.of("Content-Type", type),
                                        "{}"))));
  }

  Stream<BadInput> largeBodies() {
    return withBody()
        .map(
            route ->
                BadInput.of(
                    413,
                    "body-too-large",
                    route.name(),
                    () ->
                        to.client.send(
                            route.method(),
                            target(route),
                            null,
                            Map.of(),
                            "{\"name\":\"" + "x".repeat(route.mostBytes()) + "\"}")));
  }

  private Stream<ApiRoute> withBody() {
    return ApiRoute.all(to.server).stream().filter(route -> route.emptyBody() != null);
  }

  private String target(ApiRoute route) {
    return route
        .path()
        .replace("{wallet_id}", to.wallet)
        .replace("{reading_id}", to.wallet) // what is wrong is told before anything is looked up
        .replace("{event_id}", to.wallet)
        .replace("{subscription_id}", to.wallet)
        .replace("{delivery_id}", to.wallet)
        .replace("{run_id}", to.wallet)
        .replace("{reconciliation_id}", to.wallet)
        .replace("{rule_id}", to.wallet)
        .replace("{alert_id}", to.wallet)
        .replace("{reservation_id}", to.wallet)
        .replace("{snapshot_id}", to.wallet)
        .replace("{api_key_id}", to.key)
        .replace("{connection_id}", to.connection);
  }
}
