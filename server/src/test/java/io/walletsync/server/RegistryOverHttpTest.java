package io.walletsync.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.ApiClient.Answer;
import io.walletsync.server.support.StoredState;
import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections and wallets as a user sees them, and what is kept of their secrets. */
class RegistryOverHttpTest {
  private static final String CONNECTIONS = "/api/v1/connections";
  private static final String WALLETS = "/api/v1/wallets";
  private static final List<String> CURRENCIES = List.of("NGN", "GHS", "ZAR", "KES", "USD", "XOF");

  private static TestDatabase database;
  private static StubPaystack paystack;
  private static TestServer server;
  private static int number;

  private ApiClient client;
  private String secret;

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

  @BeforeEach
  void aSecret() {
    client = server.client();
    secret = "sk_live_very_secret_number_" + (1000 + number++);
  }

  @Test
  void aConnectionShowsTheLastFourCharactersOfItsSecretAndNoMore() {
    var added = add(secret).expect(201);
    var path = CONNECTIONS + "/" + added.text("connection_id");

    assertThat(added.header("Location")).isEqualTo(path);
    assertThat(added.text("secret_hint")).isEqualTo(secret.substring(secret.length() - 4));
    assertThat(added.json().get("environment").isNull()).isTrue();
    for (var answer : List.of(added, client.get(path), client.get(CONNECTIONS + "?limit=100"))) {
      assertThat(answer.body()).doesNotContain(secret, secret.substring(secret.length() - 5));
    }
    assertThat(client.get(path).body()).isEqualTo(added.body());
  }

  @Test
  void aShortSecretShowsNothingOfItself() {
    var added = add("sk_short_" + number).expect(201);

    assertThat(added.json().get("secret_hint").isNull()).isTrue();
  }

  @Test
  void theSameSecretIsConnectedOnceAtATime() {
    var first = add(secret).expect(201).text("connection_id");

    assertThat(add(secret).expect(409).problem()).isEqualTo("credentials-in-use");
    client.delete(CONNECTIONS + "/" + first).expect(204);
    var second = add(secret).expect(201).text("connection_id");
    assertThat(second).isNotEqualTo(first);
    assertThat(add(secret).expect(409).body()).doesNotContain(secret, second);
  }

  @Test
  void ofManyWhoConnectTheSameSecretAtOnceOneWins() throws Exception {
    var statuses = together(8, () -> add(secret).status());

    assertThat(statuses).containsOnly(201, 409).containsOnlyOnce(201);
  }

  @Test
  void aConnectionWithOpenWalletsStaysUnlessTheyMayBeClosed() {
    paystack.has(secret, "NGN", 100);
    var connection = client.connect(secret);
    var wallet = client.register(connection, "NGN");
    client.sync(wallet).expect(200);
    var path = CONNECTIONS + "/" + connection;

    var refused = client.delete(path).expect(409);
    assertThat(refused.problem()).isEqualTo("connection-has-open-wallets");
    assertThat(refused.json().get("open_wallets").asInt()).isEqualTo(1);
    client.delete(path + "?close_wallets=false").expect(409);
    assertThat(client.delete(path + "?close_wallets=true").expect(204).body()).isEmpty();

    client.get(path).expect(404);
    client.delete(path).expect(404);
    assertThat(client.get(WALLETS + "/" + wallet).expect(200).text("status")).isEqualTo("closed");
    assertThat(client.balance(wallet).expect(200).text("balance")).isEqualTo("1.00");
    assertThat(client.sync(wallet).expect(409).problem()).isEqualTo("wallet-closed");
    assertThat(register(connection, "NGN").expect(400).body()).contains("connection_id");
  }

  @Test
  void aRemovedConnectionIsNoLongerListed() {
    var stays = client.connect(secret);
    var goes = client.connect(secret + "_b");
    client.delete(CONNECTIONS + "/" + goes).expect(204);

    assertThat(all(CONNECTIONS + "?limit=3", "connection_id")).contains(stays).doesNotContain(goes);
  }

  @Test
  void registeringAgainAnswersTheSameWalletUnchanged() {
    var connection = client.connect(secret);
    var body =
        "{\"connection_id\":\"%s\",\"currency\":\"NGN\",\"owner_id\":\"%s\",\"metadata\":{\"a\":\"%s\"}}";
    var first = client.post(WALLETS, body.formatted(connection, "ada", "1")).expect(201);
    var again = client.post(WALLETS, body.formatted(connection, "bob", "2")).expect(200);

    assertThat(first.header("Location")).isEqualTo(WALLETS + "/" + first.text("wallet_id"));
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(first.json().get("provider_account_id").isNull()).isTrue();
  }

  @Test
  void ofManyWhoRegisterTheSameWalletAtOnceAllGetTheSameOne() throws Exception {
    var connection = client.connect(secret);

    var answers = together(8, () -> register(connection, "GHS"));

    assertThat(answers.stream().map(Answer::status)).containsOnly(200, 201).containsOnlyOnce(201);
    assertThat(answers.stream().map(answer -> answer.text("wallet_id")).distinct()).hasSize(1);
  }

  @Test
  void theCustomerIdIsKeptAndReturned() {
    var connection = client.connect(secret);
    var registered =
        client.post(
            WALLETS,
            "{\"connection_id\":\"%s\",\"currency\":\"NGN\",\"provider_customer_id\":\"CUS_x\"}"
                .formatted(connection));

    assertThat(registered.expect(201).text("provider_customer_id")).isEqualTo("CUS_x");
    var read = client.get(registered.header("Location")).expect(200);
    assertThat(read.text("provider_customer_id")).isEqualTo("CUS_x");
  }

  @Test
  void eachFilterFindsItsWallets() {
    var one = client.connect(secret);
    var two = client.connect(secret + "_two");
    var owner = "owner-" + UUID.randomUUID();
    var body = "{\"connection_id\":\"%s\",\"currency\":\"%s\",\"owner_id\":\"%s\"}";
    var naira = client.post(WALLETS, body.formatted(one, "NGN", owner)).text("wallet_id");
    var cedi = client.post(WALLETS, body.formatted(two, "GHS", owner)).text("wallet_id");
    var rand = register(two, "ZAR").text("wallet_id");
    client.patch(WALLETS + "/" + cedi, "{\"status\":\"paused\"}").expect(200);
    client.delete(WALLETS + "/" + rand).expect(200);

    assertThat(found("connection_id=" + one)).containsExactly(naira);
    assertThat(found("connection_id=" + two)).containsExactly(cedi, rand);
    assertThat(found("owner_id=" + owner)).containsExactly(naira, cedi);
    assertThat(found("owner_id=" + owner + "&currency=ghs")).containsExactly(cedi);
    assertThat(found("connection_id=" + two + "&status=paused")).containsExactly(cedi);
    assertThat(found("connection_id=" + two + "&status=closed")).containsExactly(rand);
    assertThat(found("connection_id=" + two + "&status=active")).isEmpty();
    assertThat(found("owner_id=" + owner + "&provider=paystack")).containsExactly(naira, cedi);
    assertThat(found("owner_id=" + owner + "&provider=fincra")).isEmpty();
    assertThat(found("connection_id=" + UUID.randomUUID())).isEmpty();
  }

  @Test
  void pagesLoseAndRepeatNothingWhileOthersAreAdded() {
    var owner = "owner-" + UUID.randomUUID();
    var registered = new ArrayList<String>();
    for (var i = 0; registered.size() < 45; i++) {
      registered.addAll(registerAll(client.connect(secret + "_" + i), owner));
    }
    var seen = new ArrayList<String>();
    var pages = 0;
    var target = WALLETS + "?limit=7&owner_id=" + owner;
    for (var cursor = ""; cursor != null; pages++) {
      var page = client.get(target + cursor).expect(200);
      page.json().get("data").valueStream().forEach(w -> seen.add(w.get("wallet_id").asString()));
      assertThat(page.json().get("has_more").asBoolean())
          .isEqualTo(!page.json().get("next_cursor").isNull());
      cursor =
          page.json().get("has_more").asBoolean() ? "&cursor=" + page.text("next_cursor") : null;
      if (pages < 3) {
        registerAll(client.connect(secret + "_more_" + pages), owner);
      }
    }

    assertThat(seen).doesNotHaveDuplicates().containsAll(registered);
    assertThat(seen.subList(0, registered.size())).isEqualTo(registered);
    assertThat(pages).isGreaterThan(6);
  }

  @Test
  void metadataIsMergedAndNullRemoves() {
    var wallet = WALLETS + "/" + client.register(client.connect(secret), "NGN");
    var set = client.patch(wallet, "{\"metadata\":{\"a\":\"1\",\"b\":\"2\",\"c\":\"\"}}");
    assertThat(set.expect(200).json().get("metadata").toString())
        .isEqualTo("{\"a\":\"1\",\"b\":\"2\",\"c\":\"\"}");

    var merged = client.patch(wallet, "{\"metadata\":{\"a\":null,\"b\":\"3\",\"x\":null}}");

    assertThat(merged.expect(200).json().get("metadata").toString())
        .isEqualTo("{\"b\":\"3\",\"c\":\"\"}");
    assertThat(client.get(wallet).body()).isEqualTo(merged.body());
    assertThat(merged.text("updated_at")).isNotEqualTo(merged.text("created_at"));
    // nothing to change changes nothing
    assertThat(client.patch(wallet, "{\"metadata\":{\"b\":\"3\"}}").body())
        .isEqualTo(merged.body());
    assertThat(client.patch(wallet, "{}").body()).isEqualTo(merged.body());
  }

  @Test
  void aWalletIsPausedAndGoesOnAndIsClosedWithItsHistory() {
    paystack.has(secret, "NGN", 4_200);
    var id = client.register(client.connect(secret), "NGN");
    var wallet = WALLETS + "/" + id;
    client.sync(id).expect(200);

    assertThat(client.patch(wallet, "{\"status\":\"paused\"}").text("status")).isEqualTo("paused");
    assertThat(client.patch(wallet, "{\"status\":\"active\"}").text("status")).isEqualTo("active");
    var closed = client.delete(wallet).expect(200);
    assertThat(closed.text("status")).isEqualTo("closed");
    assertThat(client.delete(wallet).expect(200).body()).isEqualTo(closed.body());
    assertThat(client.balance(id).expect(200).text("balance")).isEqualTo("42.00");
    assertThat(actions(id))
        .containsExactly(
            "close_wallet", "change_wallet", "change_wallet", "sync_balance", "register_wallet");
  }

  @Test
  void noTableTellsASecret() {
    var connection = client.connect(secret);
    paystack.has(secret, "NGN", 1);
    client.sync(client.register(connection, "NGN")).expect(200);
    paystack.replies(secret, _ -> new StubPaystack.Reply(401, "{\"message\":\"" + secret + "\"}"));
    client.sync(client.register(connection, "GHS")).expect(502);
    var key =
        client
            .post("/api/v1/api-keys", "{\"name\":\"x\",\"scopes\":[\"wallets:read\"]}")
            .expect(201);

    for (var stored :
        List.of(
            secret.getBytes(StandardCharsets.UTF_8),
            Base64.getDecoder().decode(key.text("secret")))) {
      var spellings =
          List.of(
              new String(stored, StandardCharsets.ISO_8859_1),
              HexFormat.of().formatHex(stored),
              Base64.getEncoder().withoutPadding().encodeToString(stored));
      for (var table : StoredState.tables(database)) {
        var rows =
            database
                .look()
                .sql("select to_jsonb(t)::text from " + table + " t")
                .query(String.class)
                .list();
        assertThat(rows).as(table).allSatisfy(row -> assertThat(row).doesNotContain(spellings));
      }
    }
    // the search finds what is there
    assertThat(
            database
                .look()
                .sql("select to_jsonb(t)::text from connection t")
                .query(String.class)
                .list())
        .anySatisfy(row -> assertThat(row).contains(connection, "\"sealed\": \"\\\\x"));
  }

  private Answer add(String secretKey) {
    return client.post(
        CONNECTIONS,
        "{\"provider\":\"paystack\",\"name\":\"Store\",\"credentials\":{\"secret_key\":\"%s\"}}"
            .formatted(secretKey));
  }

  private Answer register(String connection, String currency) {
    return client.post(
        WALLETS, "{\"connection_id\":\"%s\",\"currency\":\"%s\"}".formatted(connection, currency));
  }

  private List<String> registerAll(String connection, String owner) {
    return CURRENCIES.stream()
        .map(
            currency ->
                client
                    .post(
                        WALLETS,
                        "{\"connection_id\":\"%s\",\"currency\":\"%s\",\"owner_id\":\"%s\"}"
                            .formatted(connection, currency, owner))
                    .expect(201)
                    .text("wallet_id"))
        .toList();
  }

  private List<String> found(String filters) {
    return all(WALLETS + "?limit=100&" + filters, "wallet_id");
  }

  private List<String> all(String target, String member) {
    var found = new ArrayList<String>();
    for (var cursor = ""; cursor != null; ) {
      var page = client.get(target + cursor).expect(200);
      page.json().get("data").valueStream().forEach(i -> found.add(i.get(member).asString()));
      cursor =
          page.json().get("has_more").asBoolean() ? "&cursor=" + page.text("next_cursor") : null;
    }
    return found;
  }

  private List<String> actions(String subject) {
    return client
        .get("/api/v1/audit-entries?subject_id=" + subject)
        .json()
        .get("data")
        .valueStream()
        .map(entry -> entry.get("action").asString())
        .toList();
  }

  private static <T> List<T> together(int times, Callable<T> work) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = IntStream.range(0, times).mapToObj(_ -> threads.submit(work)).toList();
      return running.stream().map(RegistryOverHttpTest::result).collect(Collectors.toList());
    }
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
