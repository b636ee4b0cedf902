package io.walletsync.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.server.provider.simulator.flutterwave.FlutterwaveV3Simulator;
import io.walletsync.server.provider.simulator.flutterwave.FlutterwaveV4Simulator;
import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import java.math.BigDecimal;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The main job with Flutterwave, by both of its APIs. */
class FlutterwaveOverHttpTest {
  private static final String PSA = "PSAE905F542704932282";

  private static TestDatabase database;
  private static FlutterwaveV3Simulator v3;
  private static FlutterwaveV4Simulator v4;
  private static TestServer server;

  private ApiClient client;

  @BeforeAll
  static void start() {
    database = TestDatabase.create();
    v3 = FlutterwaveV3Simulator.start(0, InstantSource.system());
    v4 = FlutterwaveV4Simulator.start(0, InstantSource.system());
    server =
        TestServer.start(
            database,
            URI.create("http://127.0.0.1:9"),
            Map.of(
                "WALLETSYNC_PROVIDERS_FLUTTERWAVE_V3_BASE_URL", v3.baseUrl().toString(),
                "WALLETSYNC_PROVIDERS_FLUTTERWAVE_V4_BASE_URL", v4.baseUrl().toString(),
                "WALLETSYNC_PROVIDERS_FLUTTERWAVE_V4_TOKEN_URL", v4.tokenUrl().toString()));
  }

  @AfterAll
  static void stop() {
    server.close();
    v3.close();
    v4.close();
  }

  @BeforeEach
  void aClient() {
    client = server.client();
  }

  @Test
  void bothPotsOfApiV3AreKeptApart() {
    v3.addMerchant("FLWSECK_TEST-pots", "hash", Map.of("XOF", new BigDecimal("49996967274.81")));
    v3.charge("FLWSECK_TEST-pots", "XOF", new BigDecimal("50000000000.5"));
    var wallet = wallet(connectV3("FLWSECK_TEST-pots"), "\"currency\":\"XOF\"");

    var answer = client.sync(wallet).expect(200);

    assertThat(answer.text("provider")).isEqualTo("flutterwave");
    assertThat(answer.text("balance")).isEqualTo("49996967274.81");
    assertThat(answer.text("ledger_balance")).isEqualTo("50000000000.50");
    assertThat(answer.json().get("locked_balance").isNull()).isTrue();

    // what is settled moves from one pot to the other, which is a change
    v3.settle("FLWSECK_TEST-pots", "XOF", new BigDecimal("0.5"));
    assertThat(client.sync(wallet).expect(200).text("outcome")).isEqualTo("created");
    assertThat(client.sync(wallet).expect(200).text("outcome")).isEqualTo("unchanged");
  }

  @Test
  void aSubAccountIsAWalletOfItsOwn() {
    v3.addMerchant("FLWSECK_TEST-sub", "hash", Map.of("NGN", new BigDecimal("7")));
    v3.addSubAccount("FLWSECK_TEST-sub", PSA, Map.of("NGN", new BigDecimal("100")));
    var connection = connectV3("FLWSECK_TEST-sub");
    var main = wallet(connection, "\"currency\":\"NGN\"");
    var sub = wallet(connection, "\"currency\":\"NGN\",\"provider_account_id\":\"" + PSA + "\"");

    assertThat(client.sync(main).expect(200).text("balance")).isEqualTo("7.00");
    assertThat(client.sync(sub).expect(200).text("balance")).isEqualTo("100.00");
  }

  @Test
  void whatFlutterwaveDoesNotHaveIsNeverZero() {
    v3.addMerchant("FLWSECK_TEST-none", "hash", Map.of("NGN", new BigDecimal("7")));
    var connection = connectV3("FLWSECK_TEST-none");

    var currency = client.sync(wallet(connection, "\"currency\":\"KES\"")).expect(422);
    assertThat(currency.text("reason")).isEqualTo("currency_missing");
    var account =
        client
            .sync(wallet(connection, "\"currency\":\"NGN\",\"provider_account_id\":\"PSA0\""))
            .expect(422);
    assertThat(account.text("reason")).isEqualTo("account_missing");
  }

  @Test
  void aReferenceOfACollectionSubAccountIsRefused() {
    v3.addMerchant("FLWSECK_TEST-rs", "hash", Map.of());
    var connection = connectV3("FLWSECK_TEST-rs");

    client
        .post(
            "/api/v1/wallets",
            "{\"connection_id\":\"%s\",\"currency\":\"NGN\",\"provider_account_id\":\"RS_1\"}"
                .formatted(connection))
        .expect(400);
  }

  @Test
  void apiV4TellsOnlyWhatCanBeSpentAndOutlivesItsTokens() {
    v4.addMerchant("client-1", "secret-1", "hash", Map.of("NGN", new BigDecimal("1200.09")));
    var wallet = wallet(connectV4("client-1", "secret-1"), "\"currency\":\"NGN\"");

    var answer = client.sync(wallet).expect(200);
    assertThat(answer.text("balance")).isEqualTo("1200.09");
    assertThat(answer.json().get("ledger_balance").isNull()).isTrue();
    assertThat(answer.json().get("locked_balance").isNull()).isTrue();

    v4.endTokens();
    v4.transfer("client-1", "NGN", new BigDecimal("0.09"));
    assertThat(client.sync(wallet).expect(200).text("balance")).isEqualTo("1200.00");
  }

  @Test
  void aWrongClientSecretIsUnauthorized() {
    v4.addMerchant("client-2", "secret-2", "hash", Map.of("NGN", BigDecimal.ONE));
    var wallet = wallet(connectV4("client-2", "another-secret"), "\"currency\":\"NGN\"");

    assertThat(client.sync(wallet).expect(502).text("reason")).isEqualTo("unauthorized");
  }

  private String connectV3(String secretKey) {
    return connect(
        "v3",
        "\"secret_key\":\"%s\",\"webhook_secret_hash\":\"a-hash-of-our-own\"".formatted(secretKey));
  }

  private String connectV4(String clientId, String clientSecret) {
    return connect(
        "v4",
        "\"client_id\":\"%s\",\"client_secret\":\"%s\",\"webhook_secret_hash\":\"a-hash-of-our-own\""
            .formatted(clientId, clientSecret));
  }

  private String connect(String version, String credentials) {
    return client
        .post(
            "/api/v1/connections",
            "{\"provider\":\"flutterwave\",\"api_version\":\"%s\",\"name\":\"Shop\",\"credentials\":{%s}}"
                .formatted(version, credentials))
        .expect(201)
        .text("connection_id");
  }

  private String wallet(String connection, String fields) {
    return client
        .post("/api/v1/wallets", "{\"connection_id\":\"" + connection + "\"," + fields + "}")
        .expect(201)
        .text("wallet_id");
  }
}
