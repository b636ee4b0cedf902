package io.walletsync.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Concurrently;
import io.walletsync.core.provider.BalanceProviderContract.Scene;
import io.walletsync.server.provider.StubProvider;
import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.ApiClient.Answer;
import io.walletsync.server.support.LogLines;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever a provider or a caller does, no credential, no secret of webhooks and no access token is
 * in an answer, in the log, in a metric or, in the clear, in the database.
 */
class ProviderSecretsStaySecretTest {
  private static final List<String> ANSWERS = Collections.synchronizedList(new ArrayList<>());
  private static TestDatabase database;
  private static StubProvider stub;
  private static TestServer server;
  private static LogLines log;
  private static ApiClient client;

  @BeforeAll
  static void start() {
    database = TestDatabase.create();
    stub = new StubProvider();
    server = TestServer.start(database, stub.url(), ProviderAccount.settings(stub));
    log = LogLines.open();
    client = server.client();
  }

  @AfterAll
  static void stop() {
    log.close();
    server.close();
    stub.close();
  }

  @ParameterizedTest
  @EnumSource
  void whileAllIsWell(ProviderAccount account) {
    var old = account.credentials();
    account.works(stub, 1);
    var connection = connect(account, old);
    var wallet = register(account, connection);
    expect(200, client.post(path(connection) + "/check", "{}"));
    expect(200, client.post(path(connection) + "/discover", "{}"));
    expect(200, client.sync(wallet));
    expect(409, post(account, old));
    expect(200, deliver(account, connection, account.proof(old, event(1)), event(1)));

    account.works(stub, 2);
    var rolled = account.rolled(old);
    expect(200, roll(connection, rolled));
    expect(200, client.sync(wallet));
    expect(200, deliver(account, connection, account.proof(rolled, event(2)), event(2)));
    // by the secret that was replaced a moment ago
    expect(200, deliver(account, connection, account.proof(old, event(3)), event(3)));

    assertNobodyWasTold(connection);
  }

  @ParameterizedTest
  @EnumSource
  void whileTheProviderTellsItsSecretsAround(ProviderAccount account) {
    var credentials = account.credentials();
    account.works(stub, 1);
    var connection = connect(account, credentials);
    var wallet = register(account, connection);
    expect(200, client.sync(wallet));

    for (var scene : echoes(ProviderAccount.json(credentials))) {
      account.does(stub, scene);
      told(client.sync(wallet));
      told(client.post(path(connection) + "/check", "{}"));
    }
    account.does(stub, Scene.ok(ProviderAccount.json(credentials)));
    told(client.post(path(connection) + "/discover", "{}"));
    for (var status : new int[] {200, 401, 422, 500}) {
      var refused = account.rolled(credentials);
      account.does(stub, answers(status, ProviderAccount.json(refused)));
      told(roll(connection, refused));
    }
    if (account == ProviderAccount.FLUTTERWAVE_V4) {
      for (var scene : echoes(ProviderAccount.json(credentials))) {
        // so that a token is asked for at all
        account.does(stub, Scene.status(401));
        stub.at("/token", scene);
        told(client.sync(wallet));
      }
    }
    assertThat(ANSWERS).anySatisfy(answer -> assertThat(answer).contains("unreadable"));

    assertNobodyWasTold(connection);
  }

  @ParameterizedTest
  @EnumSource
  void whateverIsSentInItsPlace(ProviderAccount account) {
    var credentials = account.credentials();
    account.works(stub, 1);
    var connection = connect(account, credentials);
    credentials.forEach(
        (field, value) -> {
          expect(401, deliver(account, connection, value + "x", event(1)));
          expect(401, deliver(account, connection, "x", value));
        });
    if (account != ProviderAccount.FLUTTERWAVE_V3) {
      // there the secret itself is the proof
      credentials.values().forEach(it -> expect(401, deliver(account, connection, it, event(1))));
    }
    var proof = account.proof(credentials, event(1));
    expect(401, deliver(account, UUID.randomUUID().toString(), proof, event(1)));

    var wrong = account.rolled(credentials);
    var misspelt = new HashMap<>(wrong);
    misspelt.put("another_field", ProviderAccount.secret());
    expect(400, post(account, misspelt));
    expect(400, roll(connection, misspelt));
    wrong.replaceAll((_, value) -> value + " ");
    expect(400, post(account, wrong));
    expect(400, roll(connection, wrong));
    expect(404, roll(UUID.randomUUID().toString(), account.credentials()));
    expect(400, client.get("/api/v1/connections?secret_key=" + ProviderAccount.secret()));

    assertNobodyWasTold(connection);
  }

  @Test
  void whenNoneOfThemAnswersInTime() {
    var accounts = ProviderAccount.values();
    var wallets = new ArrayList<String>();
    var connection = "";
    for (var account : accounts) {
      var credentials = account.credentials();
      account.works(stub, 1);
      connection = connect(account, credentials);
      wallets.add(register(account, connection));
      var body = ProviderAccount.json(credentials).repeat(20);
      switch (account) {
        case PAYSTACK -> account.does(stub, new Scene.Stalls(body));
        case FLUTTERWAVE_V3 -> account.does(stub, new Scene.Drips(body));
        case FLUTTERWAVE_V4 -> stub.at("/token", new Scene.Stalls(body));
        case FINCRA -> account.does(stub, new Scene.Silence());
      }
    }

    Concurrently.call(
        accounts.length,
        i -> {
          expect(504, client.sync(wallets.get(i)));
          return i;
        });

    assertNobodyWasTold(connection);
  }

  /** Answers that hold what the provider was told, wherever an answer can hold it. */
  private static List<Scene> echoes(String secrets) {
    var secret = ProviderAccount.secret();
    return Stream.concat(
            Stream.of(200, 302, 400, 401, 403, 404, 418, 429, 500, 503)
                .map(status -> answers(status, secrets)),
            Stream.of(
                new Scene.Answers(200, Map.of("Content-Length", secret), secrets),
                new Scene.Answers(200, Map.of("Transfer-Encoding", secret), secrets),
                new Scene.Answers(200, Map.of(secret + " ", secret), secrets),
                new Scene.BreaksOff(secrets),
                new Scene.HangsUp(),
                Scene.ok("<html>" + secret + "</html>"),
                Scene.ok("{\"status\":true,\"data\":[{\"currency\":\"" + secret + "\"}]}"),
                Scene.ok("{\"status\":\"" + secret + "\",\"success\":\"" + secret + "\"}"),
                Scene.ok("{\"status\":false,\"success\":false,\"message\":\"" + secret + "\"}"),
                Scene.ok(
                    "{\"status\":\"failed\",\"success\":false,\"error\":{\"code\":\""
                        + secret
                        + "\"}}")))
        .toList();
  }

  private static Scene answers(int status, String secrets) {
    var secret = ProviderAccount.secret();
    return new Scene.Answers(
        status,
        Map.of("Location", "http://127.0.0.1:9/" + secret, "X-Key", secret, "Retry-After", secret),
        secrets);
  }

  private static String connect(ProviderAccount account, Map<String, String> credentials) {
    var answer = post(account, credentials);
    expect(201, answer);
    return answer.text("connection_id");
  }

  private static Answer post(ProviderAccount account, Map<String, String> credentials) {
    return client.post(
        "/api/v1/connections",
        "{%s,\"name\":\"The Shop\",\"credentials\":%s}"
            .formatted(account.identity, ProviderAccount.json(credentials)));
  }

  private static Answer roll(String connection, Map<String, String> credentials) {
    return client.send(
        "PUT",
        path(connection) + "/credentials",
        null,
        Map.of(),
        "{\"credentials\":" + ProviderAccount.json(credentials) + "}");
  }

  private static String register(ProviderAccount account, String connection) {
    var answer =
        client.post(
            "/api/v1/wallets",
            "{\"connection_id\":\"%s\",\"currency\":\"NGN\"%s}"
                .formatted(connection, account.account));
    expect(201, answer);
    return answer.text("wallet_id");
  }

  private static Answer deliver(
      ProviderAccount account, String connection, String proof, String body) {
    return ApiClient.send(
        HttpRequest.newBuilder(
                server.address().resolve("/webhooks/" + account.provider() + "/" + connection))
            .header("Content-Type", "application/json")
            .header(account.webhookHeader, proof)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private static void expect(int status, Answer answer) {
    told(answer.expect(status));
  }

  private static void told(Answer answer) {
    ANSWERS.add(answer + " " + answer.response().headers().map());
  }

  private static void assertNobodyWasTold(String connection) {
    for (var listing :
        List.of(
            "/api/v1/connections?limit=100",
            path(connection),
            "/api/v1/wallets?limit=100",
            "/api/v1/audit-entries?limit=100",
            "/api/v1/provider-events?limit=100&connection_id=" + connection,
            "/api/v1/quarantined-readings?limit=100",
            "/api/v1/api-keys?limit=100",
            "/actuator/prometheus",
            "/actuator/health")) {
      expect(200, client.get(listing));
    }
    assertThat(ANSWERS)
        .anySatisfy(answer -> assertThat(answer).contains("The Shop"))
        .allSatisfy(ProviderSecretsStaySecretTest::assertTellsNothing);
    assertThat(log.lines())
        .anySatisfy(line -> assertThat(line).contains("/api/v1/connections"))
        .allSatisfy(ProviderSecretsStaySecretTest::assertTellsNothing);
    assertThat(rows())
        .anySatisfy(row -> assertThat(row).contains("The Shop"))
        .allSatisfy(ProviderSecretsStaySecretTest::assertTellsNothing);
  }

  /** Every row of every table as text, in which bytes are written in hex. */
  private static List<String> rows() {
    var look = database.look();
    return look
        .sql(
            """
            select format('%I.%I', schemaname, tablename) from pg_tables
            where schemaname not in ('pg_catalog', 'information_schema')
            """)
        .query(String.class)
        .list()
        .stream()
        .flatMap(
            table ->
                look.sql("select t::text from " + table + " t").query(String.class).list().stream())
        .toList();
  }

  private static void assertTellsNothing(String text) {
    var mark = ProviderAccount.MARK.getBytes(US_ASCII);
    assertThat(text)
        .doesNotContainIgnoringCase(ProviderAccount.MARK, HexFormat.of().formatHex(mark));
    // in base64 the mark looks different by what is before it
    for (int before = 0; before < 3; before++) {
      var shifted = new byte[before + mark.length];
      System.arraycopy(mark, 0, shifted, before, mark.length);
      var base64 = Base64.getEncoder().withoutPadding().encodeToString(shifted);
      assertThat(text).doesNotContain(base64.substring(4, base64.length() - 2));
    }
  }

  private static String event(int number) {
    return "{\"event\":\"some.event\",\"type\":\"some.event\",\"id\":\"%s\"}".formatted(number);
  }

  private static String path(String connection) {
    return "/api/v1/connections/" + connection;
  }
}
