package io.walletsync.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.Eventually;
import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The names that dashboards and alerts rely on, and what makes each of them move. */
class MetricsTest {
  private static final String ATTEMPTS =
      "walletsync_sync_attempts_total{outcome=\"%s\",provider=\"paystack\",trigger=\"api\"}";
  private static final String SYNCS =
      "walletsync_sync_duration_seconds_count{provider=\"paystack\",trigger=\"api\"}";
  private static final String CALLS =
      "walletsync_provider_request_duration_seconds_count{operation=\"fetch_balances\","
          + "provider=\"paystack\",result=\"%s\"}";
  private static final String FAILURES =
      "walletsync_provider_failures_total{provider=\"paystack\",reason=\"%s\"}";
  private static final String CHANGES =
      "walletsync_balance_changes_total{currency=\"NGN\",provider=\"paystack\"}";
  private static final String REPLAYS = "walletsync_idempotent_replays_total";

  private static TestDatabase database;
  private static StubPaystack paystack;
  private static TestServer server;
  private static Scrape atFirst;
  private static int number;

  private String secretKey;
  private String wallet;
  private Scrape before;

  @BeforeAll
  static void start() {
    paystack = new StubPaystack();
    database = TestDatabase.create();
    server = TestServer.start(database, paystack.url());
    atFirst = Scrape.of(server.address());
  }

  @AfterAll
  static void stop() {
    server.close();
    paystack.close();
  }

  @BeforeEach
  void aWallet() {
    secretKey = "sk_test_metrics_" + number++;
    paystack.has(secretKey, "NGN", 100);
    var client = server.client();
    wallet = client.register(client.connect(secretKey), "NGN");
    before = Scrape.of(server.address());
  }

  @Test
  void whatIsNotKnownYetIsNotZero() {
    assertThat(atFirst.samples())
        .containsEntry("walletsync_balance_age_seconds{quantile=\"0.99\"}", Double.NaN)
        .containsEntry("walletsync_balance_age_seconds{quantile=\"1\"}", Double.NaN);
  }

  @Test
  void everyOutcomeCountsWhereItBelongs() {
    var key = ApiClient.randomKey();
    sync(key, 200);
    assertGrew(
        Map.of(
            ATTEMPTS.formatted("created"),
            1.0,
            SYNCS,
            1.0,
            CALLS.formatted("ok"),
            1.0,
            CHANGES,
            1.0));

    sync(key, 200);
    assertGrew(Map.of(ATTEMPTS.formatted("replayed"), 1.0, SYNCS, 1.0, REPLAYS, 1.0));

    sync(null, 200);
    sync(null, 200);
    assertGrew(
        Map.of(ATTEMPTS.formatted("unchanged"), 2.0, SYNCS, 2.0, CALLS.formatted("ok"), 2.0));

    paystack.replies(secretKey, _ -> new StubPaystack.Reply(401, "{\"status\":false}"));
    sync(null, 502);
    assertGrew(
        Map.of(
            ATTEMPTS.formatted("failed"),
            1.0,
            SYNCS,
            1.0,
            CALLS.formatted("unauthorized"),
            1.0,
            FAILURES.formatted("unauthorized"),
            1.0));

    paystack.has(secretKey, "GHS", 100);
    sync(null, 422);
    assertGrew(
        Map.of(
            ATTEMPTS.formatted("failed"),
            1.0,
            SYNCS,
            1.0,
            CALLS.formatted("ok"),
            1.0,
            FAILURES.formatted("currency_missing"),
            1.0));
  }

  @Test
  void aSyncThatTheDatabaseFailedIsCountedToo() {
    paystack.replies(
        secretKey,
        _ -> {
          database.goAway();
          return StubPaystack.balance("NGN", 100);
        });
    try {
      sync(null, 503);
    } finally {
      database.comeBack();
    }

    assertGrew(Map.of(ATTEMPTS.formatted("error"), 1.0, SYNCS, 1.0, CALLS.formatted("ok"), 1.0));
    Eventually.within(
        Duration.ofSeconds(30), "the database is back", () -> reads("/api/v1/wallets/" + wallet));
  }

  private static boolean reads(String path) {
    return server.client().get(path).status() == 200;
  }

  @Test
  void anExternalIdWithAnotherAmountIsCounted() {
    paystack.ledger(secretKey, "NGN", 100, 7, "2026-01-01T00:00:00.000Z");
    sync(null, 200);
    paystack.has(secretKey, "NGN", 200);
    paystack.ledger(secretKey, "NGN", 200, 7, "2026-01-01T00:00:00.000Z");
    sync(null, 200);

    assertThat(Scrape.of(server.address()).since(before))
        .containsEntry("walletsync_external_id_conflicts_total", 1.0)
        .containsEntry(CHANGES, 2.0);
  }

  @Test
  void aStrangeReadingIsCountedByWhatBecameOfIt() {
    sync(null, 200);
    before = Scrape.of(server.address());
    var strange =
        "walletsync_strange_readings_total{outcome=\"%s\",provider=\"paystack\",reason=\"%s\"}";
    paystack.has(secretKey, "NGN", 10_000);
    sync(null, 200);
    assertGrew(
        Map.of(
            ATTEMPTS.formatted("created"),
            1.0,
            SYNCS,
            1.0,
            CALLS.formatted("ok"),
            2.0,
            CHANGES,
            1.0,
            strange.formatted("settled", "hundredfold"),
            1.0));

    var slip = paystack.calls(secretKey) + 1;
    paystack.replies(
        secretKey,
        call ->
            call == slip
                ? StubPaystack.balance("NGN", 100)
                : new StubPaystack.Reply(401, "{\"status\":false}"));
    sync(null, 200);
    assertThat(Scrape.of(server.address()).since(before))
        .containsEntry(ATTEMPTS.formatted("quarantined"), 1.0)
        .containsEntry(strange.formatted("quarantined", "hundredth"), 1.0);
  }

  @Test
  void theNamesAreTheDocumentedOnesAndNoLabelNamesAWallet() {
    sync(ApiClient.randomKey(), 200);
    paystack.has(secretKey, "NGN", 10_000);
    sync(null, 200);
    paystack.replies(secretKey, _ -> new StubPaystack.Reply(500, "oops"));
    sync(null, 502);

    var scrape = Scrape.of(server.address());
    assertThat(scrape.names())
        .containsExactly(
            "walletsync_alert_evaluation_duration_seconds",
            "walletsync_alert_evaluation_errors_total",
            "walletsync_alerts_unresolved",
            "walletsync_balance_age_seconds",
            "walletsync_balance_changes_total",
            "walletsync_event_publish_failures_total",
            "walletsync_event_publish_lag_seconds",
            "walletsync_event_streams_open",
            "walletsync_events_published_total",
            "walletsync_external_id_conflicts_total",
            "walletsync_idempotent_replays_total",
            "walletsync_movement_holes",
            "walletsync_movement_import_age_seconds",
            "walletsync_notifications_attempts_total",
            "walletsync_notifications_dead",
            "walletsync_notifications_delivery_lag_seconds",
            "walletsync_notifications_outbox_lag_seconds",
            "walletsync_notifications_paused",
            "walletsync_notifications_waiting",
            "walletsync_payout_reservation_oldest_seconds",
            "walletsync_payout_reservations",
            "walletsync_provider_calls_not_sent_total",
            "walletsync_provider_circuits_open",
            "walletsync_provider_events_oldest_waiting_seconds",
            "walletsync_provider_events_waiting",
            "walletsync_provider_failures_total",
            "walletsync_provider_request_duration_seconds",
            "walletsync_provider_retries_total",
            "walletsync_quarantined_readings",
            "walletsync_reconciliations_open",
            "walletsync_reconciliations_pending",
            "walletsync_retention_age_seconds",
            "walletsync_retention_deleted_rows_total",
            "walletsync_retention_rounds_total",
            "walletsync_strange_readings_total",
            "walletsync_sync_attempts_total",
            "walletsync_sync_duration_seconds",
            "walletsync_sync_overdue_wallets",
            "walletsync_sync_runs_active",
            "walletsync_unexplained_wallets");
    assertThat(scrape.samples().keySet())
        .noneMatch(sample -> sample.matches(".*[0-9a-f]{8}-[0-9a-f]{4}-.*"))
        .allMatch(
            sample ->
                sample.matches(
                    "[a-z_0-9]+([{]((outcome|provider|trigger|operation|result|reason|currency|le"
                        + "|quantile|kind|severity|channel|state)=\"[A-Za-z0-9_.+]+\",?)+})?"));
  }

  @Test
  void judgingIsTimedOnceForEachRecordingThatChangedSomething() {
    var count = "walletsync_alert_evaluation_duration_seconds_count";
    sync(null, 200);
    sync(null, 200);

    assertThat(Scrape.of(server.address()).value(count)).isEqualTo(before.value(count) + 1);
  }

  @Test
  void durationsHaveBucketsForEveryPercentile() {
    sync(null, 200);

    var samples = Scrape.of(server.address()).samples();
    for (var upTo : new String[] {"0.005", "0.1", "1.0", "5.0", "20.0", "+Inf"}) {
      assertThat(samples)
          .containsKey(
              "walletsync_sync_duration_seconds_bucket{provider=\"paystack\",trigger=\"api\",le=\"%s\"}"
                  .formatted(upTo))
          .containsKey(
              ("walletsync_provider_request_duration_seconds_bucket{operation=\"fetch_balances\","
                      + "provider=\"paystack\",result=\"ok\",le=\"%s\"}")
                  .formatted(upTo));
    }
  }

  private void sync(@Nullable String key, int status) {
    server.client().sync(wallet, key).expect(status);
  }

  private void assertGrew(Map<String, Double> expected) {
    var now = Scrape.of(server.address());
    assertThat(now.since(before)).isEqualTo(expected);
    before = now;
  }
}
