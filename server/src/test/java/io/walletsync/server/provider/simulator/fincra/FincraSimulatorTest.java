package io.walletsync.server.provider.simulator.fincra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class FincraSimulatorTest {
  private static final String KEY = "fk_test_simulated_shop_key";
  private static final String BUSINESS = "64f1c9ef838af8cda0211d9d";
  private static final String SUB_ACCOUNT = "64f1c9ef838af8cda0211d9e";
  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00.789Z");

  private final FincraSimulator simulator = FincraSimulator.start(0, InstantSource.fixed(NOW));
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void open() {
    simulator.addBusiness(KEY, BUSINESS, "webhooks");
  }

  @AfterEach
  void stop() {
    client.close();
    simulator.close();
  }

  @Test
  void answersAsFincraDoes() throws Exception {
    long wallet = simulator.addWallet(BUSINESS, "NGN");
    simulator.move(wallet, Cause.COLLECTION, new BigDecimal("1000.5"));
    simulator.move(wallet, Cause.PAYOUT_STARTED, new BigDecimal("400"));
    var json =
        """
        {"id":207151,"_id":"207151","business":"64f1c9ef838af8cda0211d9d","businessId":14424,\
        "ledgerBalance":1000.5,"availableBalance":600.5,"lockedBalance":400,\
        "rollingReserveBalance":0,"walletNumber":100000000207151,"currency":"NGN",\
        "status":"enabled","overdraftEnabled":0,"overdraftLimit":null,\
        "createdAt":"2026-11-22T08:00:00.000Z","updatedAt":"2026-11-22T08:00:00.000Z"}""";

    assertThat(get("/wallets?businessID=" + BUSINESS).body())
        .isEqualTo(
            "{\"success\":true,\"message\":\"Wallets fetched successfully\",\"data\":["
                + json
                + "]}");
    assertThat(get("/wallets/207151").body())
        .isEqualTo(
            "{\"success\":true,\"message\":\"Wallet fetched successfully\",\"data\":" + json + "}");
    long id = NOW.toEpochMilli() + 2;
    assertThat(get("/wallets/logs?business=" + BUSINESS + "&perPage=1").body())
        .isEqualTo(
            """
            {"success":true,"message":"Wallet logs fetched successfully","data":{"results":[{\
            "id":%d,"reference":"ref-%d","createdAt":"2026-11-22T08:00:00.000Z",\
            "description":"disbursement initiated","action":"debit","amount":400,\
            "currency":"NGN","method":"wallet","reason":"payout initiated",\
            "merchantDescription":null,"availableBalanceBefore":1000.5,\
            "availableBalanceAfter":600.5,"ledgerBalanceBefore":1000.5,\
            "ledgerBalanceAfter":1000.5,"lockedBalanceBefore":0,"lockedBalanceAfter":400,\
            "rollingReserveBalanceBefore":0,"rollingReserveBalanceAfter":0}],"total":2}}"""
                .formatted(id, id));
  }

  @Test
  void theLogIsFilteredAndPaged() throws Exception {
    simulator.addBusiness(KEY, SUB_ACCOUNT, "webhooks");
    for (int i = 1; i <= 30; i++) {
      simulator.move(naira(i == 1 ? BUSINESS : SUB_ACCOUNT), Cause.COLLECTION, BigDecimal.ONE);
    }
    simulator.move(simulator.addWallet(BUSINESS, "USDT"), Cause.COLLECTION, BigDecimal.TEN);

    assertThat(amountsAt("/wallets/logs")).hasSize(20).startsWith("10", "1");
    assertThat(amountsAt("/wallets/logs?perPage=100")).hasSize(31);
    assertThat(amountsAt("/wallets/logs?perPage=25&page=2")).hasSize(6);
    assertThat(amountsAt("/wallets/logs?page=9")).isEmpty();
    assertThat(amountsAt("/wallets/logs?business=" + BUSINESS)).containsExactly("10", "1");
    assertThat(amountsAt("/wallets/logs?currency=USDT")).containsExactly("10");
    assertThat(amountsAt("/wallets/logs?business=" + SUB_ACCOUNT + "&currency=USDT")).isEmpty();
  }

  @Test
  void refusesAsFincraDoes() throws Exception {
    assertThat(get("/wallets?businessID=" + SUB_ACCOUNT).statusCode()).isEqualTo(404);
    assertThat(get("/wallets?businessID=" + SUB_ACCOUNT).body()).contains("RESOURCE_NOT_FOUND");
    assertThat(get("/wallets").statusCode()).isEqualTo(422);
    assertThat(get("/wallets").body()).contains("UNPROCESSABLE_ENTITY");
    assertThat(get("/wallets?businessID=short").body()).contains("VALIDATION_FAILED");
    assertThat(get("/wallets/1").statusCode()).isEqualTo(404);
    assertThat(get("/wallets/1").body()).contains("Wallet not found");
    assertThat(get("/balance").statusCode()).isEqualTo(404);
    assertThat(get("/balance").body()).doesNotContain("errorType");
    var nobody =
        send(
            HttpRequest.newBuilder(simulator.baseUrl().resolve("/wallets?businessID=" + BUSINESS)));
    assertThat(nobody.statusCode()).isEqualTo(401);
    assertThat(nobody.body()).contains("request_id");
  }

  @Test
  void noAmountFallsBelowZeroAndARefusedMovementChangesNothing() throws Exception {
    long wallet = simulator.addWallet(BUSINESS, "NGN");
    simulator.move(wallet, Cause.COLLECTION, BigDecimal.ONE);
    var before = get("/wallets/" + wallet).body();

    for (var cause : List.of(Cause.PAYOUT_STARTED, Cause.PAYOUT_DONE, Cause.PAYOUT_FAILED)) {
      assertThatThrownBy(() -> simulator.move(wallet, cause, BigDecimal.TEN))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(get("/wallets/" + wallet).body()).isEqualTo(before);
    assertThat(amountsAt("/wallets/logs")).containsExactly("1");
  }

  private long naira(String business) {
    return simulator.addWallet(business, "NGN");
  }

  private List<String> amountsAt(String path) throws Exception {
    return new JsonMapper()
        .readTree(get(path).body())
        .at("/data/results")
        .valueStream()
        .map(row -> row.path("amount").toString())
        .toList();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(simulator.baseUrl().resolve(path)).header("api-key", KEY));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
