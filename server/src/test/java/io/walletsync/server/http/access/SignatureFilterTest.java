package io.walletsync.server.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.access.AccessExample;
import io.walletsync.core.access.ApiKey;
import io.walletsync.core.access.ApiKeys;
import io.walletsync.core.access.ConnectionLimit;
import io.walletsync.core.access.RequestSigner;
import io.walletsync.core.access.Scope;
import io.walletsync.core.access.Scopes;
import java.lang.reflect.Proxy;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignatureFilterTest {
  private static final byte[] SECRET = AccessExample.SECRET.toArray();
  private static final long NOW = AccessExample.NOW.getEpochSecond();

  private final AccessServer server = new AccessServer();
  private final AccessExample access = server.access;

  @BeforeAll
  void addsAKey() {
    key("shop", Scopes.of(Scope.WALLETS_WRITE, Scope.BALANCES_SYNC));
  }

  @AfterAll
  void stops() {
    server.close();
  }

  @Test
  void servesARequestOfTheOwnSigner() throws Exception {
    var headers = new RequestSigner("shop", SECRET, access.clock);
    var body = "{\"a\": 1}".getBytes(StandardCharsets.UTF_8);
    var signed = headers.sign("POST", "/api/v1/echo", null, "order-1", body);
    var request =
        HttpRequest.newBuilder(server.uri("/api/v1/echo")).POST(BodyPublishers.ofByteArray(body));
    signed.forEach(request::header);
    var response = server.client.send(request.build(), BodyHandlers.ofString());
    assertThat(response.body()).isEqualTo("{\"a\": 1}");
    assertThat(response.statusCode()).isEqualTo(200);
  }

  @Test
  void servesARequestWithoutBody() throws Exception {
    assertThat(post("").sign("sig1", usual(), SECRET).send(server).body()).isEqualTo("nothing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/echo",
        "/api/v1/echo?",
        "/api/v1/echo?a=1&a=2&b=%20+x&c=??%2f",
        "/api/v1/echo/caf%C3%A9%20au%2Blait",
        "/api/v1/echo/a=b,c:d@e"
      })
  void verifiesPathAndQueryAsTheyStandInTheRequestLine(String target) throws Exception {
    var response = get(target).sign("sig1", usual(), SECRET).send(server);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).startsWith("shop ");
  }

  @Test
  void takesParametersAndComponentsInAnyOrder() throws Exception {
    var call = get("/api/v1/echo?x=1").cover("X-Extra", "anything").header("X-Other", "1");
    call.components.add(0, "@authority");
    call.components.add(0, "@target-uri");
    call.components.add("@scheme");
    var parameters =
        ";tag=\"x\";nonce=\"n\";alg=\"hmac-sha256\";keyid=\"shop\";unknown;created=" + NOW;
    assertThat(call.sign("other-label", parameters, SECRET).send(server).statusCode())
        .isEqualTo(200);
  }

  @Test
  void answersEveryWrongSignatureAlike() throws Exception {
    access.keys.revoke(key("revoked", Scopes.EVERY).id(), AccessExample.NOW);
    var uncoveredQuery = get("/api/v1/echo");
    uncoveredQuery.components.remove("@path");
    var duplicate = get("/api/v1/echo");
    duplicate.components.add("@path");
    var absent = get("/api/v1/echo");
    absent.components.add("x-absent");
    var calls =
        new SignedCall[] {
          get("/api/v1/echo"),
          get("/api/v1/echo").header("Signature-Input", "garbage").header("Signature", "???"),
          get("/api/v1/echo").sign("sig1", SignedCall.parameters(NOW, "nobody"), SECRET),
          get("/api/v1/echo").sign("sig1", SignedCall.parameters(NOW, "revoked"), SECRET),
          get("/api/v1/echo").sign("sig1", usual(), new byte[32]),
          get("/api/v1/echo").sign("sig1", usual() + ";alg=\"ed25519\"", SECRET),
          get("/api/v1/echo").sign("sig1", usual() + ";created=\"now\"", SECRET),
          get("/api/v1/echo").sign("sig1", ";keyid=\"shop\";nonce=\"n\"", SECRET),
          get("/api/v1/echo").sign("sig1", ";created=" + NOW, SECRET),
          get("/api/v1/echo").header("Idempotency-Key", "k").sign("sig1", usual(), SECRET),
          uncoveredQuery.sign("sig1", usual(), SECRET),
          duplicate.sign("sig1", usual(), SECRET),
          absent.sign("sig1", usual(), SECRET)
        };
    var first = calls[0].send(server);
    assertThat(first.statusCode()).isEqualTo(401);
    assertThat(first.headers().firstValue("WWW-Authenticate").orElseThrow())
        .startsWith("Signature realm=\"walletsync\"");
    assertThat(first.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(first.body())
        .contains("\"type\":\"urn:walletsync:problem:signature-invalid\"")
        .contains("\"status\":401")
        .contains("\"instance\":\"/api/v1/echo\"");
    for (var call : calls) {
      var response = call.send(server);
      assertThat(response.statusCode()).isEqualTo(401);
      assertThat(response.body()).isEqualTo(first.body());
      assertThat(response.headers().map().keySet()).isEqualTo(first.headers().map().keySet());
    }
  }

  @Test
  void refusesATamperedBody() throws Exception {
    var call = post("{\"amount\":1}").sign("sig1", usual(), SECRET);
    refused(
        call.send(server, "{\"amount\":9}".getBytes(StandardCharsets.UTF_8)),
        401,
        "signature-invalid");
  }

  @Test
  void refusesABodyThatIsNotCovered() throws Exception {
    var call = post("{}");
    call.components.remove("content-digest");
    refused(call.sign("sig1", usual(), SECRET).send(server), 401, "signature-invalid");
  }

  @Test
  void refusesABodyThatWasAddedToARequestWithoutOne() throws Exception {
    var call = post("").sign("sig1", usual(), SECRET);
    refused(call.send(server, new byte[] {'1'}), 401, "signature-invalid");
  }

  @Test
  void acceptsSeveralDigestsIfTheOneItKnowsIsRight() throws Exception {
    var call = post("{}");
    call.headers.put("Content-Digest", "sha-512=:AAAA:, " + SignedCall.digest(call.body));
    assertThat(call.sign("sig1", usual(), SECRET).send(server).statusCode()).isEqualTo(200);
  }

  @Test
  void refusesAnotherQuery() throws Exception {
    var signed = get("/api/v1/echo?a=1").sign("sig1", usual(), SECRET);
    var call = get("/api/v1/echo?a=2");
    call.inputs.add(signed.inputs.toString());
    call.signatures.add(signed.signatures.toString());
    refused(call.send(server), 401, "signature-invalid");
  }

  @Test
  void tellsTheServersTimeWhenTheSignatureIsNotOfIt() throws Exception {
    for (var created : new long[] {NOW - 301, NOW + 301}) {
      var call = get("/api/v1/echo").sign("sig1", SignedCall.parameters(created, "shop"), SECRET);
      var response = call.send(server);
      refused(response, 401, "timestamp-out-of-range");
      assertThat(response.headers().firstValue("WWW-Authenticate")).isPresent();
      assertThat(response.body())
          .contains("\"server_time\":\"2026-11-22T08:00:00Z\"")
          .contains("\"max_skew_seconds\":300");
    }
    var expired = usual() + ";expires=" + (NOW - 1);
    refused(
        get("/api/v1/echo").sign("sig1", expired, SECRET).send(server),
        401,
        "timestamp-out-of-range");
  }

  @Test
  void servesAChangeOncePerNonce() throws Exception {
    var call = post("{}").sign("sig1", usual(), SECRET);
    assertThat(call.send(server).statusCode()).isEqualTo(200);
    refused(call.send(server), 401, "nonce-reused");
  }

  @Test
  void needsANonceForAChangeOnly() throws Exception {
    var parameters = ";created=" + NOW + ";keyid=\"shop\"";
    refused(post("{}").sign("sig1", parameters, SECRET).send(server), 401, "signature-invalid");
    var read = get("/api/v1/echo").sign("sig1", parameters, SECRET);
    assertThat(read.send(server).statusCode()).isEqualTo(200);
    assertThat(read.send(server).statusCode()).isEqualTo(200);
    var withNonce = get("/api/v1/echo").sign("sig1", usual(), SECRET);
    assertThat(withNonce.send(server).statusCode()).isEqualTo(200);
    assertThat(withNonce.send(server).statusCode()).isEqualTo(200);
  }

  @Test
  void leavesTheNonceToARouteThatClaimsIt() throws Exception {
    var call = call("POST", "/api/v1/claims", "");
    var parameters = ";created=" + NOW + ";keyid=\"shop\";nonce=\"claimed\"";
    var response = call.sign("sig1", parameters, SECRET).send(server);
    assertThat(response.body()).isEqualTo("claimed");
    assertThat(call.send(server).body()).isEqualTo("claimed");
  }

  @Test
  void countsTheLabelOfAKnownKey() throws Exception {
    var call =
        get("/api/v1/echo")
            .sign("proxy", SignedCall.parameters(NOW, "proxy"), new byte[32])
            .sign("mine", usual(), SECRET);
    assertThat(call.send(server).statusCode()).isEqualTo(200);
    var wrong =
        get("/api/v1/echo")
            .sign("proxy", SignedCall.parameters(NOW, "proxy"), SECRET)
            .sign("mine", usual(), new byte[32]);
    refused(wrong.send(server), 401, "signature-invalid");
  }

  @Test
  void acceptsBothSecretsWhileARotationOverlaps() throws Exception {
    var key = key("rotated", Scopes.EVERY);
    var next = AccessExample.secret("the next secret, also 32 bytes..");
    access.keys.addSecret(key.id(), next, AccessExample.NOW, AccessExample.NOW.plusSeconds(1));
    var parameters = SignedCall.parameters(NOW, "rotated");
    for (var secret : new byte[][] {SECRET, next.toArray()}) {
      assertThat(get("/api/v1/echo").sign("sig1", parameters, secret).send(server).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void namesTheScopeThatIsMissing() throws Exception {
    key("reader", Scopes.of(Scope.WALLETS_READ));
    var parameters = SignedCall.parameters(NOW, "reader");
    assertThat(get("/api/v1/echo").sign("sig1", parameters, SECRET).send(server).statusCode())
        .isEqualTo(200);
    var response = post("{}").sign("sig1", parameters, SECRET).send(server);
    refused(response, 403, "scope-missing");
    assertThat(response.body()).contains("\"required_scope\":\"wallets:write\"");
  }

  @Test
  void readsNoMoreThan64KiB() throws Exception {
    var most = "[" + " ".repeat(64 * 1024 - 2) + "]";
    assertThat(post(most).sign("sig1", usual(), SECRET).send(server).body()).isEqualTo(most);
    refused(post(most + " ").sign("sig1", usual(), SECRET).send(server), 413, "body-too-large");
  }

  @Test
  void readsNoMoreThan64KiBOfAStreamWithoutLength() throws Exception {
    var request =
        HttpRequest.newBuilder(server.uri("/api/v1/echo"))
            .POST(
                BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(new byte[64 * 1024 + 1])));
    refused(server.client.send(request.build(), BodyHandlers.ofString()), 413, "body-too-large");
  }

  @Test
  void leavesPublicRoutesAlone() throws Exception {
    assertThat(call("POST", "/webhooks/paystack", "{}").send(server).body()).isEqualTo("webhook 2");
    assertThat(call("GET", "/openapi.yaml", "").send(server).statusCode()).isEqualTo(200);
    refused(call("POST", "/openapi.yaml", "").send(server), 401, "signature-invalid");
    refused(call("GET", "/actuator/env", "").send(server), 401, "signature-invalid");
    refused(call("GET", "/docs/../api/v1/echo", "").send(server), 401, "signature-invalid");
    refused(call("GET", "/docs/%2e%2e/api/v1/echo", "").send(server), 401, "signature-invalid");
    refused(call("GET", "/docs;/api/v1/echo", "").send(server), 401, "signature-invalid");
  }

  @Test
  void servesNobodyARouteWithoutScopeNorAScopedRouteWithoutSignature() throws Exception {
    var unlabelled = call("DELETE", "/api/v1/unlabelled", "").sign("sig1", usual(), SECRET);
    refused(unlabelled.send(server), 500, "internal");
    refused(
        call("POST", "/webhooks/secret/mislabelled", "").send(server), 401, "signature-invalid");
  }

  @Test
  void tellsTheTrailOfARefusal() throws Exception {
    var keyId = "claimed-" + UUID.randomUUID();
    get("/api/v1/echo").sign("sig1", SignedCall.parameters(NOW, keyId), SECRET).send(server);
    assertThat(access.audited)
        .filteredOn(entry -> entry.actor().name().equals(keyId))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.action()).isEqualTo("authenticate");
              assertThat(entry.outcome()).isEqualTo("refused");
              assertThat(entry.actor().address()).isEqualTo("127.0.0.1");
              assertThat(entry.details())
                  .containsExactlyInAnyOrderEntriesOf(
                      Map.of("claimed_key", keyId, "reason", "unknown_key"));
            });
  }

  @Test
  void answersALostDatabaseAsAControllerWould() throws Exception {
    var lost =
        (ApiKeys)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ApiKeys.class},
                (_, _, _) -> {
                  throw new IllegalStateException("the database is away");
                });
    try (var broken = new AccessServer(new AccessExample(lost))) {
      var call = new SignedCall("GET", broken.uri("/api/v1/echo"), "");
      refused(call.sign("sig1", usual(), SECRET).send(broken), 500, "internal");
    }
  }

  private ApiKey key(String keyId, Scopes scopes) {
    return access.add(keyId, scopes, ConnectionLimit.NONE);
  }

  private static String usual() {
    return SignedCall.parameters(NOW, "shop");
  }

  private SignedCall get(String target) {
    return call("GET", target, "");
  }

  private SignedCall post(String body) {
    return call("POST", "/api/v1/echo", body);
  }

  private SignedCall call(String method, String target, String body) {
    return new SignedCall(method, server.uri(target), body);
  }

  private static void refused(HttpResponse<String> response, int status, String slug) {
    assertThat(response.body()).contains("\"urn:walletsync:problem:" + slug + "\"");
    assertThat(response.statusCode()).isEqualTo(status);
  }
}
