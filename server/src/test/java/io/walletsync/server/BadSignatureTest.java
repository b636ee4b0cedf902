package io.walletsync.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.access.RequestSigner;
import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.ApiClient.Answer;
import io.walletsync.server.support.StoredState;
import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whoever does not prove who they are changes nothing, and leaves no more than a counted trace. */
class BadSignatureTest {
  private static final String WALLETS = "/api/v1/wallets";
  private static final String SECRET = "sk_test_of_the_bad_signatures";

  private static TestDatabase database;
  private static StubPaystack paystack;
  private static TestServer server;
  private static String connection;
  private static String wallet;
  private static String keyId;
  private static byte[] secret;

  @BeforeAll
  static void start() {
    database = TestDatabase.create();
    paystack = new StubPaystack();
    server = TestServer.start(database, paystack.url());
    paystack.has(SECRET, "NGN", 100);
    var admin = server.client();
    connection = admin.connect(SECRET);
    wallet = admin.register(connection, "NGN");
    var key =
        admin
            .post(
                "/api/v1/api-keys",
                "{\"name\":\"x\",\"scopes\":[\"wallets:write\",\"balances:sync\"]}")
            .expect(201);
    keyId = key.text("key_id");
    secret = Base64.getDecoder().decode(key.text("secret"));
  }

  @AfterAll
  static void stop() {
    server.close();
    paystack.close();
  }

  @Test
  void refusesATamperedBody() {
    var body = registration("GHS");
    var headers = signed(InstantSource.system(), WALLETS, body);

    refuses("signature-invalid", () -> send(WALLETS, headers, registration("KES")));
    refuses("signature-invalid", () -> send(WALLETS + "?x=1", headers, body));
    refuses("signature-invalid", () -> send(WALLETS + "/", headers, body));
  }

  @Test
  void refusesABodyThatIsNotCovered() {
    var headers = signed(InstantSource.system(), WALLETS, "");

    refuses("signature-invalid", () -> send(WALLETS, headers, registration("GHS")));
    var digest = signed(InstantSource.system(), WALLETS, registration("GHS"));
    digest.remove("Content-Digest");
    refuses("signature-invalid", () -> send(WALLETS, digest, registration("GHS")));
  }

  @Test
  void refusesAnIdempotencyKeyThatIsNotCovered() {
    var sync = WALLETS + "/" + wallet + "/sync-balance";
    var headers = signed(InstantSource.system(), sync, "");
    headers.put("Idempotency-Key", "mine");

    refuses("signature-invalid", () -> send(sync, headers, ""));
  }

  @Test
  void refusesANonceThatWasUsed() {
    var body = registration("ZAR");
    var headers = signed(InstantSource.system(), WALLETS, body);
    send(WALLETS, headers, body).expect(201);
    refuses("nonce-reused", () -> send(WALLETS, headers, body));

    var sync = WALLETS + "/" + wallet + "/sync-balance";
    var syncHeaders = signed(InstantSource.system(), sync, "");
    send(sync, syncHeaders, "").expect(200);
    var calls = paystack.calls(SECRET);
    refuses("nonce-reused", () -> send(sync, syncHeaders, ""));
    assertThat(paystack.calls(SECRET)).isEqualTo(calls);
  }

  @Test
  void refusesWhatWasSignedLongAgoOrInTheFuture() {
    for (var minutes : new int[] {-6, 6, -60 * 24, 60 * 24}) {
      var clock = InstantSource.fixed(Instant.now().plus(Duration.ofMinutes(minutes)));
      var body = registration("GHS");
      var answer =
          refuses(
              "timestamp-out-of-range", () -> send(WALLETS, signed(clock, WALLETS, body), body));
      assertThat(Instant.parse(answer.text("server_time")))
          .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
      assertThat(answer.json().get("max_skew_seconds").asInt()).isEqualTo(300);
    }
  }

  @Test
  void tellsNobodyWhichKeysThereAre() {
    var body = registration("GHS");
    var unsigned = refuses("signature-invalid", () -> send(WALLETS, Map.of(), body));
    var unknown =
        refuses(
            "signature-invalid",
            () -> send(WALLETS, signer("nobody", new byte[32]).headers(WALLETS, body), body));
    var wrong =
        refuses(
            "signature-invalid",
            () -> send(WALLETS, signer(keyId, new byte[32]).headers(WALLETS, body), body));

    assertThat(unknown.body()).isEqualTo(unsigned.body()).isEqualTo(wrong.body());
  }

  @Test
  void refusesLargeBodiesBeforeTheyAreHereWhole() {
    var large = "x".repeat(64 * 1024 + 1).getBytes(StandardCharsets.US_ASCII);
    var before = StoredState.of(database);
    var entries = refusedAuthentications();
    for (var body :
        new BodyPublisher[] {
          BodyPublishers.ofByteArray(large),
          BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)) // chunked
        }) {
      var answer =
          ApiClient.send(
              HttpRequest.newBuilder(URI.create(server.address() + WALLETS))
                  .header("Content-Type", "application/json")
                  .POST(body)
                  .build());
      assertThat(answer.expect(413).problem()).isEqualTo("body-too-large");
      assertThat(answer.json().get("max_bytes").asInt()).isEqualTo(65_536);
      assertThat(answer.header("X-Request-Id")).isNotEmpty();
    }
    assertThat(StoredState.of(database)).isEqualTo(before);
    assertThat(refusedAuthentications()).isEqualTo(entries);
  }

  @Test
  void aBodyOfTheGreatestSizeIsRead() {
    var body = "{\"name\":\"" + "x".repeat(64 * 1024 - 11) + "\"}";
    var answer = new ApiClient(server.address(), keyId, secret).post(WALLETS, body);

    assertThat(body).hasSize(64 * 1024);
    assertThat(answer.expect(400).problem()).isEqualTo("invalid-request");
  }

  @Test
  void aFloodOfRefusalsIsCountedAndNotListed() {
    var before = refusedAuthentications();
    IntStream.range(0, 60)
        .forEach(
            _ ->
                ApiClient.send(
                        HttpRequest.newBuilder(URI.create(server.address() + WALLETS)).build())
                    .expect(401));

    // five and a counted one a minute, and a minute may have ended meanwhile
    assertThat(refusedAuthentications() - before).isLessThanOrEqualTo(11);
  }

  @Test
  void whatIsNotHttpIsAProblemToo() throws IOException {
    for (var request :
        new String[] {
          "GET /api/v1/%zz HTTP/1.1\r\nHost: a\r\n\r\n",
          "GET /api/v1/wallets?a={ HTTP/1.1\r\nHost: a\r\n\r\n",
          "GET\r\n\r\n",
          "GET / HTTP/1.1\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(20_000) + "\r\n\r\n"
        }) {
      var answer = raw(request);
      assertThat(answer)
          .startsWith("HTTP/1.1 400")
          .contains("Content-Type: application/problem+json", "X-Request-Id: ")
          .contains("urn:walletsync:problem:invalid-request")
          .doesNotContain("<html", "Tomcat", "Exception");
    }
    assertThat(raw("TRACE / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 405")
        .contains("urn:walletsync:problem:method-not-allowed", "Allow: ");
  }

  private static String raw(String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private interface Request {
    Answer send();
  }

  /** Fails unless the request is refused with that problem and changes nothing. */
  private static Answer refuses(String slug, Request request) {
    var before = StoredState.of(database);
    var calls = paystack.calls(SECRET);

    var answer = request.send().expect(401);

    assertThat(answer.problem()).isEqualTo(slug);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.header("WWW-Authenticate")).startsWith("Signature ");
    assertThat(answer.header("X-Request-Id")).isNotEmpty();
    assertThat(StoredState.of(database)).isEqualTo(before);
    assertThat(paystack.calls(SECRET)).isEqualTo(calls);
    return answer;
  }

  private static int refusedAuthentications() {
    return database
        .look()
        .sql("select count(*) from audit_entry where action = 'authenticate'")
        .query(Integer.class)
        .single();
  }

  private static String registration(String currency) {
    return "{\"connection_id\":\"%s\",\"currency\":\"%s\"}".formatted(connection, currency);
  }

  private static Map<String, String> signed(InstantSource clock, String path, String body) {
    return new Signer(new RequestSigner(keyId, secret, clock)).headers(path, body);
  }

  private static Signer signer(String id, byte[] key) {
    return new Signer(new RequestSigner(id, key, InstantSource.system()));
  }

  private record Signer(RequestSigner signer) {
    Map<String, String> headers(String path, String body) {
      return new LinkedHashMap<>(
          signer.sign("POST", path, null, null, body.getBytes(StandardCharsets.UTF_8)));
    }
  }

  private static Answer send(String target, Map<String, String> headers, String body) {
    var request =
        HttpRequest.newBuilder(URI.create(server.address() + target))
            .POST(BodyPublishers.ofString(body))
            .header("Content-Type", "application/json");
    headers.forEach(request::header);
    return ApiClient.send(request.build());
  }
}
