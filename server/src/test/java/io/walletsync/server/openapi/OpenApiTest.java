package io.walletsync.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.walletsync.core.access.Scope;
import io.walletsync.server.support.ApiDescription.Operation;
import io.walletsync.server.support.ApiRoute;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is documented is served, and what is served is documented, down to each member. */
class OpenApiTest {
  private static DescribedServer at;

  @BeforeAll
  static void start() {
    at = new DescribedServer();
  }

  @AfterAll
  static void stop() {
    at.close();
  }

  @Test
  void isReadByOthersAsOpenApi31() {
    var parsed = new OpenAPIV3Parser().readContents(at.yaml);

    assertThat(parsed.getMessages()).isEmpty();
    assertThat(parsed.getOpenAPI().getSpecVersion()).isEqualTo(SpecVersion.V31);
    assertThat(parsed.getOpenAPI().getPaths())
        .hasSameSizeAs(at.description.document().path("paths").propertyNames());
  }

  @Test
  void everySchemaIsOneAndItsExamplesFit() {
    for (var schema : at.description.document().at("/components/schemas").properties()) {
      assertThat(at.description.flaws(schema.getValue())).as(schema.getKey()).isEmpty();
      for (var example : schema.getValue().path("examples")) {
        assertThat(at.description.errors(schema.getValue(), example)).as(schema.getKey()).isEmpty();
      }
    }
    for (var operation : at.description.operations()) {
      var content = operation.node().at("/requestBody/content/application~1json");
      for (var example : content.path("examples")) {
        at.description.checkRequest(operation, example.path("value").toString());
      }
    }
  }

  @Test
  void everyReferenceLeadsSomewhereAndNothingIsLeftOver() {
    var references = new HashSet<String>();
    at.description
        .document()
        .findValuesAsString("$ref")
        .forEach(reference -> references.add(reference.substring(1)));
    assertThat(references)
        .allSatisfy(
            reference ->
                assertThat(at.description.document().at(reference).isObject())
                    .as(reference)
                    .isTrue());
    for (var kind : at.description.document().path("components").properties()) {
      for (var name : kind.getValue().propertyNames()) {
        var pointer = "/components/" + kind.getKey() + "/" + name;
        assertThat(
                references.contains(pointer)
                    || kind.getKey().equals("securitySchemes")
                    || Set.of("RouteNotFound", "MethodNotAllowed").contains(name))
            .as(pointer)
            .isTrue();
      }
    }
  }

  @Test
  void describesEveryRouteWithItsScopeAndNoOther() {
    var served =
        ApiRoute.all(at.server).stream()
            .collect(Collectors.toMap(ApiRoute::name, route -> route.scope().code()));
    var described =
        at.description.operations().stream()
            .filter(operation -> !operation.isPublic())
            .collect(Collectors.toMap(Operation::name, Operation::scope));

    assertThat(described).isEqualTo(served).hasSizeGreaterThan(15);
    assertThat(at.description.operations())
        .filteredOn(operation -> !operation.isPublic())
        .allSatisfy(
            operation ->
                assertThat(operation.node().path("description").asString())
                    .contains("Needs the scope `" + operation.scope() + "`."));
  }

  @Test
  void listsEveryScope() {
    assertThat(
            at.description
                .document()
                .at("/components/schemas/Scope/enum")
                .valueStream()
                .map(code -> Scope.of(code.asString())))
        .containsExactly(Scope.values());
  }

  @Test
  void whatNeedsNoSignatureIsServedWithoutOne() {
    var open =
        at.description.operations().stream()
            .filter(operation -> operation.isPublic() && operation.method().equals("GET"))
            .toList();

    assertThat(open).hasSize(6);
    assertThat(open)
        .allSatisfy(
            operation -> {
              var answer = at.unsigned(operation.path()).expect(200);
              at.description.checkAnswer("GET", operation.path(), answer);
            });
    assertThat(at.unsigned("/openapi.yaml").header("Content-Type")).isEqualTo("application/yaml");
  }

  @Test
  void givesEveryDocumentedAnswerAsItIsDescribed() throws Exception {
    var client = at.client;
    var balances = new BalanceCalls(at);
    var syncs = new SyncCalls(at);
    var access = new AccessCalls(at);
    var refused = new RefusedCalls(at);

    var connection = new ConnectionCalls(at).all();
    var wallet = new WalletCalls(at).all(connection);
    balances.balances(wallet);
    balances.history(wallet);
    balances.quarantine(wallet);
    new ReconciliationCalls(at).all(connection, wallet);
    new AlertCalls(at).all(connection, wallet);
    new PayoutCalls(at).all(connection, wallet);
    new FeedCalls(at).all(wallet);
    new SubscriptionCalls(at).all(wallet);
    syncs.failing(connection, wallet);
    syncs.inFlight(wallet);
    access.keys();
    access.auditEntries();
    new EventCalls(at).all(connection);
    syncs.runs(connection);
    new MovementCalls(at).all(wallet);
    access.beyondOwnRights(connection);
    ApiRoute.all(at.server).forEach(refused::of);
    client.call("DELETE", "/api/v1/wallets/" + wallet, null).expect(200);
    client.call("PATCH", "/api/v1/wallets/" + wallet, "{\"status\":\"paused\"}").expect(409);
    client.call("DELETE", "/api/v1/connections/" + connection, null).expect(204);
    client.get("/api/v1/nowhere").expect(404);
    client.call("PUT", "/api/v1/wallets", "{}").expect(405);

    assertThat(unseen()).isEmpty();
  }

  private static Set<String> unseen() {
    var unseen = new TreeSet<String>();
    for (var operation : at.description.operations()) {
      for (var status : operation.statuses()) {
        // those need a database that is away, a bug, or a provider that is silent for 15 seconds
        if (!operation.isPublic() && !Set.of("500", "503", "504").contains(status)) {
          unseen.add(operation.name() + " " + status);
        }
      }
    }
    unseen.removeAll(at.seen);
    return unseen;
  }
}
