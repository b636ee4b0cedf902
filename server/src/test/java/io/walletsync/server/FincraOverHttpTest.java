package io.walletsync.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.server.provider.simulator.Misbehaviour;
import io.walletsync.server.provider.simulator.fincra.Cause;
import io.walletsync.server.provider.simulator.fincra.FincraSimulator;
import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.ApiClient.Answer;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Fincra as a user sees it: two wallets of one currency are two, each with its three amounts. */
class FincraOverHttpTest {
  private static FincraSimulator fincra;
  private static TestServer server;
  private static int number;

  private String business;
  private String apiKey;
  private ApiClient client;
  private String connection;

  @BeforeAll
  static void start() {
    fincra = FincraSimulator.start(0, InstantSource.system());
    server =
        TestServer.start(
            TestDatabase.create(),
            URI.create("http://127.0.0.1:9"),
            Map.of("WALLETSYNC_PROVIDERS_FINCRA_BASE_URL", fincra.baseUrl().toString()));
  }

  @AfterAll
  static void stop() {
    server.close();
    fincra.close();
  }

  @BeforeEach
  void aBusiness() {
    business = "64f1c9ef838af8cda02%05d".formatted(++number);
    apiKey = "fk_test_key_number_" + number;
    fincra.addBusiness(apiKey, business, "webhooks-" + number);
    client = server.client();
    connection = connect(business, apiKey).expect(201).text("connection_id");
  }

  @Test
  void aWalletIsSyncedWithAvailableLedgerAndLocked() {
    long naira = fincra.addWallet(business, "NGN");
    fincra.move(naira, Cause.COLLECTION, new BigDecimal("1000.123456"));
    fincra.move(naira, Cause.PAYOUT_STARTED, new BigDecimal("400"));
    var wallet = register(naira, "NGN").expect(201).text("wallet_id");

    var first = client.sync(wallet).expect(200);
    assertThat(first.text("outcome")).isEqualTo("created");
    assertThat(first.text("balance")).isEqualTo("600.123456");
    assertThat(first.text("ledger_balance")).isEqualTo("1000.123456");
    assertThat(first.text("locked_balance")).isEqualTo("400.00");
    assertThat(first.text("external_balance_id")).isNotEmpty();
    assertThat(client.sync(wallet).expect(200).text("outcome")).isEqualTo("unchanged");

    // what can be spent stays, what is locked does not: a change all the same
    fincra.move(naira, Cause.PAYOUT_DONE, new BigDecimal("400"));
    var second = client.sync(wallet).expect(200);
    assertThat(second.text("outcome")).isEqualTo("created");
    assertThat(second.text("balance")).isEqualTo("600.123456");
    assertThat(second.text("locked_balance")).isEqualTo("0.00");
  }

  @Test
  void twoWalletsOfOneCurrencyAreTwo() {
    long one = fincra.addWallet(business, "USDT");
    long other = fincra.addWallet(business, "USDT");
    fincra.move(one, Cause.COLLECTION, new BigDecimal("0.000001"));
    fincra.move(other, Cause.COLLECTION, new BigDecimal("7"));

    var first = register(one, "USDT").expect(201).text("wallet_id");
    var second = register(other, "USDT").expect(201).text("wallet_id");

    assertThat(first).isNotEqualTo(second);
    assertThat(client.sync(first).expect(200).text("balance")).isEqualTo("0.000001");
    assertThat(client.sync(second).expect(200).text("balance")).isEqualTo("7.00");
  }

  @Test
  void aWalletNeedsItsNumberInOneSpelling() {
    for (var account : new String[] {"", "\"0207151\"", "\"60ed8883994a6d00195e1017\"", "\"0\""}) {
      var answer =
          client.post(
              "/api/v1/wallets",
              "{\"connection_id\":\"%s\",\"currency\":\"NGN\"%s}"
                  .formatted(
                      connection, account.isEmpty() ? "" : ",\"provider_account_id\":" + account));

      assertThat(answer.status()).as("%s", account).isEqualTo(400);
      assertThat(answer.body()).contains("the number in a wallet's id");
    }
  }

  @Test
  void aWalletThatFincraDoesNotHaveIsAProblemOfItsOwn() {
    var wallet = register(999_999, "NGN").expect(201).text("wallet_id");

    assertThat(client.sync(wallet).text("reason")).isEqualTo("account_missing");
  }

  @Test
  void aBusinessIsConnectedOnceWhateverTheKey() {
    assertThat(connect(business, "another-key-of-the-merchant").status()).isEqualTo(409);
  }

  @Test
  void whileFincraFailsNoBalanceChanges() {
    long naira = fincra.addWallet(business, "NGN");
    fincra.move(naira, Cause.COLLECTION, BigDecimal.TEN);
    var wallet = register(naira, "NGN").expect(201).text("wallet_id");
    client.sync(wallet).expect(200);
    fincra.misbehave(Misbehaviour.garbage(100), Duration.ofMinutes(1));
    try {
      assertThat(client.sync(wallet).text("reason")).isEqualTo("unreadable");
    } finally {
      fincra.misbehave(Misbehaviour.garbage(0), Duration.ZERO);
    }
    assertThat(client.balance(wallet).expect(200).text("balance")).isEqualTo("10.00");
  }

  private Answer connect(String businessId, String key) {
    return client.post(
        "/api/v1/connections",
        """
        {"provider":"fincra","environment":"sandbox","name":"Shop","credentials":{
          "business_id":"%s","api_key":"%s","webhook_secret":"webhooks-of-the-shop"}}"""
            .formatted(businessId, key));
  }

  private Answer register(long account, String currency) {
    return client.post(
        "/api/v1/wallets",
        "{\"connection_id\":\"%s\",\"currency\":\"%s\",\"provider_account_id\":\"%d\"}"
            .formatted(connection, currency, account));
  }
}
