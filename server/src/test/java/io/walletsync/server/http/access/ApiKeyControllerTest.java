package io.walletsync.server.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.access.AccessExample;
import io.walletsync.core.access.ConnectionLimit;
import io.walletsync.core.access.Scope;
import io.walletsync.core.access.Scopes;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiKeyControllerTest {
  private static final byte[] SECRET = AccessExample.SECRET.toArray();
  private static final String PATH = "/api/v1/api-keys";

  private final JsonMapper json = new JsonMapper();
  private final AccessServer server = new AccessServer();

  @BeforeAll
  void addsKeys() {
    server.access.add("admin", Scopes.EVERY, ConnectionLimit.NONE);
    server.access.add(
        "limited",
        Scopes.of(Scope.KEYS_WRITE),
        new ConnectionLimit(Set.of(AccessExample.PAYSTACK)));
  }

  @AfterAll
  void stops() {
    server.close();
  }

  @Test
  void createsAKeyThatWorksAtOnce() throws Exception {
    var response =
        call(
            "POST",
            PATH,
            """
            {"name": "Shop", "scopes": ["keys:read", "wallets:read"]}
            """);
    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
    var created = json.readTree(response.body());
    assertThat(created.propertyNames())
        .containsExactlyInAnyOrder(
            "api_key_id",
            "key_id",
            "name",
            "scopes",
            "connection_ids",
            "created_at",
            "revoked_at",
            "last_used_at",
            "secret");
    assertThat(created.get("connection_ids").isNull()).isTrue();
    assertThat(created.get("created_at").asString()).isEqualTo("2026-11-22T08:00:00Z");
    var secret = Base64.getDecoder().decode(created.get("secret").asString());
    assertThat(secret).hasSize(32);
    var location = response.headers().firstValue("Location").orElseThrow();
    assertThat(location).isEqualTo(PATH + "/" + created.get("api_key_id").asString());
    var read = as(created.get("key_id").asString(), secret, "GET", location, "");
    assertThat(read.statusCode()).isEqualTo(200);
    assertThat(read.body()).doesNotContain("secret");
    assertThat(json.readTree(read.body()).get("last_used_at").asString())
        .isEqualTo("2026-11-22T08:00:00Z");
  }

  @Test
  void namesEveryWrongField() throws Exception {
    var response =
        call(
            "POST",
            PATH,
            """
            {"name": "", "scopes": ["wallets:read", "wallets:fly"], "connection_ids": ["1-1-1-1-1"],
             "admin": true}
            """);
    assertThat(response.statusCode()).isEqualTo(400);
    var errors = json.readTree(response.body()).get("errors");
    assertThat(errors.valueStream().map(error -> error.get("field").asString()))
        .containsExactly("name", "scopes[1]", "connection_ids[0]", "admin");
    assertThat(call("POST", PATH, "{\"name\":\"x\",\"scopes\":[]}").body())
        .contains("must name at least one scope");
    assertThat(call("POST", PATH, "").body()).contains("\"name\"").contains("is required");
    assertThat(call("GET", PATH + "/x", "").statusCode()).isEqualTo(400);
    assertThat(call("GET", PATH + "?limit=101", "").statusCode()).isEqualTo(400);
    assertThat(call("GET", PATH + "?cursor=AAAA", "").statusCode()).isEqualTo(400);
  }

  @Test
  void nobodyMakesAKeyStrongerThanTheirOwn() throws Exception {
    var scope =
        as("limited", SECRET, "POST", PATH, "{\"name\":\"x\",\"scopes\":[\"wallets:read\"]}");
    assertThat(scope.statusCode()).isEqualTo(403);
    var connection =
        as(
            "limited",
            SECRET,
            "POST",
            PATH,
            "{\"name\":\"x\",\"scopes\":[\"keys:read\"],\"connection_ids\":[\""
                + AccessExample.FINCRA
                + "\"]}");
    assertThat(connection.body()).contains("beyond-own-rights");
    var handedOn =
        as("limited", SECRET, "POST", PATH, "{\"name\":\"x\",\"scopes\":[\"keys:read\"]}");
    assertThat(json.readTree(handedOn.body()).get("connection_ids").get(0).asString())
        .isEqualTo(AccessExample.PAYSTACK.toString());
  }

  @Test
  void listsPageByPageWhatTheCallerMaySee() throws Exception {
    create();
    create();
    var first = json.readTree(call("GET", PATH + "?limit=2", "").body());
    assertThat(first.get("data").size()).isEqualTo(2);
    assertThat(first.get("has_more").booleanValue()).isTrue();
    var cursor = first.get("next_cursor").asString();
    var second = json.readTree(call("GET", PATH + "?limit=100&cursor=" + cursor, "").body());
    assertThat(second.get("has_more").booleanValue()).isFalse();
    assertThat(second.get("next_cursor").isNull()).isTrue();
    assertThat(second.get("data").valueStream().map(key -> key.get("api_key_id")))
        .isNotEmpty()
        .doesNotContainAnyElementsOf(
            first.get("data").valueStream().map(key -> key.get("api_key_id")).toList());
    var limited = json.readTree(as("limited", SECRET, "GET", PATH + "?limit=100", "").body());
    assertThat(limited.get("data").valueStream())
        .isNotEmpty()
        .allSatisfy(key -> assertThat(key.get("connection_ids").isArray()).isTrue());
  }

  @Test
  void rotatesWithTheOverlapAskedFor() throws Exception {
    var created = create();
    var path = PATH + "/" + created.get("api_key_id").asString() + "/rotate";
    var rotated = json.readTree(call("POST", path, "{\"overlap_seconds\": 60}").body());
    assertThat(rotated.get("previous_secret_expires_at").asString())
        .isEqualTo("2026-11-22T08:01:00Z");
    assertThat(rotated.get("secret")).isNotEqualTo(created.get("secret"));
    assertThat(json.readTree(call("POST", path, "").body()).get("previous_secret_expires_at"))
        .hasToString("\"2026-11-23T08:00:00Z\"");
    var tooLong = call("POST", path, "{\"overlap_seconds\": 604801}");
    assertThat(tooLong.statusCode()).isEqualTo(400);
    assertThat(tooLong.body()).contains("overlap_seconds").contains("must be 0 to 604800 seconds");
    assertThat(call("POST", path, "{\"overlap_seconds\": 1.5}").statusCode()).isEqualTo(400);
  }

  @Test
  void revokesInTwoSpellings() throws Exception {
    for (var isDelete : new boolean[] {true, false}) {
      var created = create();
      var path = PATH + "/" + created.get("api_key_id").asString();
      var revoked = isDelete ? call("DELETE", path, "") : call("POST", path + "/revoke", "");
      assertThat(json.readTree(revoked.body()).get("revoked_at").asString())
          .isEqualTo("2026-11-22T08:00:00Z");
      var secret = Base64.getDecoder().decode(created.get("secret").asString());
      var keyId = created.get("key_id").asString();
      assertThat(as(keyId, secret, "GET", path, "").statusCode()).isEqualTo(401);
      var rotation = call("POST", path + "/rotate", "");
      assertThat(rotation.statusCode()).isEqualTo(409);
      assertThat(rotation.body()).contains("api-key-revoked");
    }
  }

  @Test
  void hidesWhatIsNotThere() throws Exception {
    var admin = server.access.keys.findNow("admin").orElseThrow().key();
    var path = PATH + "/" + admin.id();
    for (var response :
        new HttpResponse<?>[] {
          call("GET", PATH + "/00000000-0000-0000-0000-000000000000", ""),
          as("limited", SECRET, "GET", path, ""),
          as("limited", SECRET, "POST", path + "/rotate", ""),
          as("limited", SECRET, "DELETE", path, "")
        }) {
      assertThat(response.statusCode()).isEqualTo(404);
      assertThat(response.body().toString()).contains("api-key-not-found");
    }
  }

  @Test
  void refusesAnotherMediaType() throws Exception {
    var call = new SignedCall("POST", server.uri(PATH), "name=x");
    call.header("Content-Type", "application/x-www-form-urlencoded");
    call.sign("sig1", parameters("admin"), SECRET);
    assertThat(call.send(server).statusCode()).isEqualTo(415);
  }

  private JsonNode create() throws Exception {
    return json.readTree(call("POST", PATH, "{\"name\":\"x\",\"scopes\":[\"keys:write\"]}").body());
  }

  private HttpResponse<String> call(String method, String target, String body) throws Exception {
    return as("admin", SECRET, method, target, body);
  }

  private HttpResponse<String> as(
      String keyId, byte[] secret, String method, String target, String body) throws Exception {
    return new SignedCall(method, server.uri(target), body)
        .sign("sig1", parameters(keyId), secret)
        .send(server);
  }

  private static String parameters(String keyId) {
    return SignedCall.parameters(AccessExample.NOW.getEpochSecond(), keyId);
  }
}
