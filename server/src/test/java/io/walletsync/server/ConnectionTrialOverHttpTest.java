package io.walletsync.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.ApiClient.Answer;
import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A connection is checked, its wallets are found, and its key is rolled. */
class ConnectionTrialOverHttpTest {
  private static TestDatabase database;
  private static StubPaystack paystack;
  private static TestServer server;
  private static int number;

  private ApiClient client;
  private String secretKey;
  private String connection;

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
  void aConnection() {
    client = server.client();
    secretKey = "sk_test_tried_number_" + number++;
    paystack.has(secretKey, "NGN", 500_000);
    connection = client.connect(secretKey);
  }

  @Test
  void aCheckSaysWhatWorksAndRecordsNothing() {
    var check = post("/check", "{}").expect(200);

    assertThat(check.json().get("works").asBoolean()).isTrue();
    assertThat(check.json().get("findings")).hasSize(4);
    assertThat(check.json().at("/offers/0/currency").asString()).isEqualTo("NGN");
    assertThat(check.json().at("/offers/0/wallet_id").isNull()).isTrue();

    var wallet = client.register(connection, "NGN");
    assertThat(post("/check", "{}").json().at("/offers/0/wallet_id").asString()).isEqualTo(wallet);
    assertThat(client.balance(wallet).expect(404).problem()).isEqualTo("no-snapshot-yet");
  }

  @Test
  void aCheckOfARevokedKeySaysThatItIsTheKey() {
    paystack.replies(secretKey, _ -> new StubPaystack.Reply(401, "{\"status\":false}"));

    var check = post("/check", "{}").expect(200);

    assertThat(check.json().get("works").asBoolean()).isFalse();
    assertThat(check.json().at("/findings/1/aspect").asString()).isEqualTo("key");
    assertThat(check.json().at("/findings/1/state").asString()).isEqualTo("failed");
    assertThat(check.body()).doesNotContain(secretKey);
  }

  @Test
  void discoveringRegistersOnceWhatTheProviderOffers() {
    var first = post("/discover", "{\"owner_id\":\"shop\"}").expect(200);
    var second = post("/discover", "{}").expect(200);

    assertThat(first.json().get("registered").asInt()).isEqualTo(1);
    assertThat(first.json().at("/wallets/0/owner_id").asString()).isEqualTo("shop");
    assertThat(second.json().get("registered").asInt()).isZero();
    assertThat(second.json().at("/wallets/0/wallet_id"))
        .isEqualTo(first.json().at("/wallets/0/wallet_id"));
  }

  @Test
  void aRolledKeySyncsTheSameWallet() {
    var wallet = client.register(connection, "NGN");
    client.sync(wallet).expect(200);
    var rolled = secretKey + "_rolled_1234";
    paystack.has(rolled, "NGN", 600_000);
    paystack.replies(secretKey, _ -> new StubPaystack.Reply(401, "{\"status\":false}"));

    var replaced = put(rolled).expect(200);

    assertThat(replaced.text("secret_hint")).isEqualTo("1234");
    var synced = client.sync(wallet).expect(200);
    assertThat(synced.text("balance")).isEqualTo("6000.00");
    assertThat(synced.json().get("sequence").asInt()).isEqualTo(2);
  }

  @Test
  void aKeyThatIsRefusedOrOfAnotherAccountChangesNothing() {
    var wallet = client.register(connection, "NGN");
    assertThat(put("sk_test_nobody_has").expect(422).problem()).isEqualTo("credentials-refused");

    var other = secretKey + "_of_another";
    paystack.has(other, "GHS", 1);
    var refused = put(other).expect(422);
    assertThat(refused.problem()).isEqualTo("credentials-of-another-account");
    assertThat(refused.json().at("/missing/0").asString()).isEqualTo("NGN");

    paystack.replies(other, _ -> new StubPaystack.Reply(503, "oops"));
    put(other).expect(502);
    client.sync(wallet).expect(200);
  }

  @Test
  void aKeyThatAnotherConnectionHasIsRefused() {
    var held = secretKey + "_held";
    paystack.has(held, "NGN", 1);
    client.connect(held);

    assertThat(put(held).expect(409).problem()).isEqualTo("credentials-in-use");
  }

  private Answer post(String path, String body) {
    return client.post("/api/v1/connections/" + connection + path, body);
  }

  private Answer put(String key) {
    return client.send(
        "PUT",
        "/api/v1/connections/" + connection + "/credentials",
        null,
        Map.of(),
        "{\"credentials\":{\"secret_key\":\"" + key + "\"}}");
  }
}
