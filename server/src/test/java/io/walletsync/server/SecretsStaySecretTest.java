package io.walletsync.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.ApiClient.Answer;
import io.walletsync.server.support.LogLines;
import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever goes wrong, no answer and no line of the log tells a secret. */
class SecretsStaySecretTest {
  private static final String SECRET = "sk_live_nobody_may_ever_read_this";
  private static final String WALLETS = "/api/v1/wallets";
  private static final String CONNECTIONS = "/api/v1/connections";
  private static final String KEYS = "/api/v1/api-keys";

  private static StubPaystack paystack;
  private static TestServer server;
  private static LogLines log;

  @BeforeAll
  static void start() {
    paystack = new StubPaystack();
    server = TestServer.start(TestDatabase.create(), paystack.url());
    log = LogLines.open();
  }

  @AfterAll
  static void stop() {
    log.close();
    server.close();
    paystack.close();
  }

  @Test
  void noAnswerAndNoLogLineTellsTheProvidersSecret() {
    var client = server.client();
    var answers = new ArrayList<Answer>();
    var body =
        "{\"provider\":\"paystack\",\"name\":\"x\",\"credentials\":{\"secret_key\":\""
            + SECRET
            + "\"}";
    answers.add(client.post(CONNECTIONS, body)); // no end
    answers.add(client.post(CONNECTIONS, body.replace("paystack", "stripe") + "}"));
    answers.add(client.post(CONNECTIONS, body.replace("secret_key", "key") + "}"));
    answers.add(client.post(CONNECTIONS, body.replace(SECRET, SECRET + " ") + "}"));
    answers.add(client.post(CONNECTIONS, body + ",\"environment\":\"" + SECRET + "\"}"));
    answers.add(client.post(CONNECTIONS, body + ",\"colour\":\"" + SECRET + "\"}"));
    answers.add(client.get(CONNECTIONS + "?secret_key=" + SECRET));
    answers.add(client.post(CONNECTIONS, body + " ".repeat(65_536)));
    answers.add(
        client.send("POST", CONNECTIONS, null, Map.of("Content-Type", "text/plain"), body + "}"));
    assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isIn(400, 413, 415));
    var added = client.post(CONNECTIONS, body + "}").expect(201);
    answers.add(added);
    answers.add(client.post(CONNECTIONS, body + "}").expect(409));
    var wallet = client.register(added.text("connection_id"), "NGN");
    for (var status : new int[] {200, 400, 401, 429, 500}) {
      // a provider that tells the secret it was given
      paystack.replies(SECRET, _ -> new StubPaystack.Reply(status, "{\"key\":\"" + SECRET + "\"}"));
      answers.add(client.sync(wallet));
    }
    assertThat(answers.subList(11, 16))
        .allSatisfy(answer -> assertThat(answer.status()).isIn(502, 503));
    answers.add(client.get("/api/v1/audit-entries?limit=100").expect(200));

    assertThat(answers).allSatisfy(answer -> assertThat(answer.toString()).doesNotContain(SECRET));
    assertNotLogged(SECRET.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void onlyTheAnswerThatMakesASecretTellsIt() {
    var client = server.client();
    var created =
        client.post(KEYS, "{\"name\":\"x\",\"scopes\":[\"wallets:read\",\"keys:write\"]}");
    var path = created.expect(201).header("Location");
    var rotated = client.post(path + "/rotate", "{}").expect(200);
    var answers = new ArrayList<Answer>();
    for (var secret : List.of(created.text("secret"), rotated.text("secret"))) {
      var own =
          new ApiClient(
              server.address(), created.text("key_id"), Base64.getDecoder().decode(secret));
      answers.add(own.get(WALLETS).expect(200));
      answers.add(own.get(WALLETS + "?limit=0").expect(400));
      answers.add(own.get("/api/v1/audit-entries").expect(403));
      answers.add(own.post(KEYS, "{\"name\":\"" + secret + "\",\"scopes\":[\"\"]}").expect(400));
      answers.add(own.get(path).expect(200));
    }
    answers.add(client.get(KEYS + "?limit=100").expect(200));
    answers.add(client.get("/api/v1/audit-entries?limit=100").expect(200));
    answers.add(client.delete(path).expect(200));

    assertThat(created.text("secret")).isNotEqualTo(rotated.text("secret"));
    for (var secret : List.of(created.text("secret"), rotated.text("secret"))) {
      assertThat(answers)
          .allSatisfy(answer -> assertThat(answer.toString()).doesNotContain(secret));
      assertNotLogged(Base64.getDecoder().decode(secret));
    }
  }

  private static void assertNotLogged(byte[] secret) {
    var base64 = Base64.getEncoder().withoutPadding().encodeToString(secret);
    var text = new String(secret, StandardCharsets.ISO_8859_1);
    var hex = HexFormat.of().formatHex(secret);
    assertThat(log.lines())
        .anySatisfy(line -> assertThat(line).contains("/api/v1/"))
        .allSatisfy(line -> assertThat(line).doesNotContain(base64, text, hex));
  }
}
