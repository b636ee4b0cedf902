package io.walletsync.server.provider.simulator.paystack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class PaystackSimulatorTest {
  private static final String KEY = "sk_test_simulated_shop";
  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

  private final PaystackSimulator simulator = PaystackSimulator.start(0, InstantSource.fixed(NOW));
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    client.close();
    simulator.close();
  }

  @Test
  void answersAsPaystackDoes() throws Exception {
    simulator.addIntegration(KEY, Map.of("NGN", 1_700_000L));
    simulator.move(KEY, "NGN", -50_000, "Transfer");
    long first = NOW.toEpochMilli() + 1;

    assertThat(get("/balance").body())
        .isEqualTo(
            """
            {"status":true,"message":"Balances retrieved",\
            "data":[{"currency":"NGN","balance":1650000}]}""");
    assertThat(get("/balance/ledger?perPage=1&page=1").body())
        .isEqualTo(
            """
            {"status":true,"message":"Balance ledger retrieved","data":[{\
            "integration":463433,"domain":"test","balance":1650000,"currency":"NGN",\
            "difference":-50000,"reason":"","model_responsible":"Transfer","model_row":%d,\
            "id":%d,"createdAt":"2026-11-22T08:00:00.000Z",\
            "updatedAt":"2026-11-22T08:00:00.000Z"}],\
            "meta":{"total":2,"skipped":0,"perPage":1,"page":1,"pageCount":2}}"""
                .formatted(first + 3, first + 2));
  }

  @Test
  void pagesThroughTheLedger() throws Exception {
    simulator.addIntegration(KEY, Map.of("NGN", 0L));
    for (int i = 0; i < 120; i++) {
      simulator.move(KEY, "NGN", 1, "Transaction");
    }

    assertThat(balancesAt("/balance/ledger")).hasSize(50).startsWith(120L).endsWith(71L);
    assertThat(balancesAt("/balance/ledger?page=3&perPage=50")).hasSize(20).endsWith(1L);
    assertThat(balancesAt("/balance/ledger?page=4&perPage=50")).isEmpty();
    assertThat(balancesAt("/balance/ledger?page=999999999&perPage=9999")).isEmpty();
    assertThat(balancesAt("/balance/ledger?page=none&perPage=-1")).hasSize(50);
  }

  @Test
  void refusesAMissingAndAWrongKeyAndWhatItDoesNotHave() throws Exception {
    simulator.addIntegration(KEY, Map.of("NGN", 1L));

    var missing = send(HttpRequest.newBuilder(simulator.baseUrl().resolve("/balance")));
    assertThat(missing.statusCode()).isEqualTo(401);
    assertThat(missing.body())
        .isEqualTo("{\"status\":false,\"message\":\"No Authorization header was found\"}");
    for (var wrong : new String[] {"Bearer sk_test_other", KEY, "Basic " + KEY, "Bearer "}) {
      var refused =
          send(
              HttpRequest.newBuilder(simulator.baseUrl().resolve("/balance"))
                  .header("Authorization", wrong));
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.body()).isEqualTo("{\"status\":false,\"message\":\"Invalid key\"}");
    }
    for (var path : new String[] {"/", "/balances", "/balance/", "/balance/ledger/1"}) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(404);
      assertThat(get(path).body()).isEqualTo("{\"status\":false,\"message\":\"Entity not found\"}");
    }
  }

  @Test
  void idsGrowFromOneRunToTheNext() throws Exception {
    simulator.addIntegration(KEY, Map.of("NGN", 1L));
    try (var later =
        PaystackSimulator.start(0, InstantSource.fixed(NOW.plus(Duration.ofSeconds(1))))) {
      later.addIntegration(KEY, Map.of("NGN", 1L));

      assertThat(newestId(later)).isGreaterThan(newestId(simulator));
    }
  }

  private long newestId(PaystackSimulator of) throws Exception {
    var reply =
        send(
            HttpRequest.newBuilder(of.baseUrl().resolve("/balance/ledger"))
                .header("Authorization", "Bearer " + KEY));
    return new JsonMapper().readTree(reply.body()).at("/data/0/id").longValue();
  }

  private List<Long> balancesAt(String path) throws Exception {
    return new JsonMapper()
        .readTree(get(path).body())
        .path("data")
        .valueStream()
        .map(row -> row.path("balance").longValue())
        .toList();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(
        HttpRequest.newBuilder(simulator.baseUrl().resolve(path))
            .header("Authorization", "Bearer " + KEY));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
