package io.walletsync.server.stress;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The process is killed while balances cross a threshold all the time: of each wallet the alerts
 * and their events are those that its recorded balances make, none lost and none twice.
 */
class KilledAlertsTest {
  private static final BigDecimal THRESHOLD = new BigDecimal("1.00");
  private static final BigDecimal CLEAR_AT = new BigDecimal("1.10");

  private final TestDatabase database = TestDatabase.create();
  private final StubPaystack paystack = new StubPaystack();

  @AfterEach
  void stop() {
    paystack.close();
  }

  @Test
  void threeKillsLoseAndDoubleNoAlert() {
    var environment = TestServer.environment(database, paystack.url());
    try (var server = KilledServer.start(environment, paystack)) {
      for (var i = 0; i < server.wallets().size(); i++) {
        paystack.replies(
            "sk_test_kills_" + i,
            call -> {
              LockSupport.parkNanos(
                  ThreadLocalRandom.current().nextLong(Duration.ofMillis(20).toNanos()));
              return StubPaystack.balance("NGN", 80 + call * 37L % 50);
            });
      }
      var rule =
          server
              .client()
              .post(
                  "/api/v1/alert-rules",
                  """
                  {"name": "Low", "condition": {"kind": "balance_below", "currency": "NGN",
                                                "threshold": "%s", "clear_at": "%s"}}
                  """
                      .formatted(THRESHOLD, CLEAR_AT))
              .expect(201)
              .text("rule_id");
      var episodes = 0;
      for (var i = 0; i < 3; i++) {
        server.killUnderLoad();
        episodes = 0;
        for (var wallet : server.wallets()) {
          var expected = expected(wallet);
          assertThat(found(wallet, rule)).isEqualTo(expected);
          assertThat(told(wallet, "alert.opened")).isEqualTo(expected.size());
          assertThat(told(wallet, "alert.resolved"))
              .isEqualTo(expected.stream().filter(it -> it.over != null).count());
          episodes += expected.size();
        }
      }
      assertThat(episodes).as("alerts opened and ended").isGreaterThan(server.wallets().size());
    }
  }

  /** At which balance an alert opened, and at which it was over. */
  private record Episode(String opened, @Nullable String over) {}

  private List<Episode> expected(String wallet) {
    var episodes = new ArrayList<Episode>();
    for (var balance : balances(wallet)) {
      var isOpen = !episodes.isEmpty() && episodes.getLast().over == null;
      if (isOpen && balance.compareTo(CLEAR_AT) >= 0) {
        episodes.set(
            episodes.size() - 1, new Episode(episodes.getLast().opened, balance.toPlainString()));
      } else if (!isOpen && balance.compareTo(THRESHOLD) < 0) {
        episodes.add(new Episode(balance.toPlainString(), null));
      }
    }
    return episodes;
  }

  private List<BigDecimal> balances(String wallet) {
    return database
        .look()
        .sql(
            """
            select available from wallet_balance_snapshot
             where wallet_id = ?::uuid
             order by sequence
            """)
        .param(wallet)
        .query((row, _) -> row.getBigDecimal("available").setScale(2))
        .list();
  }

  private List<Episode> found(String wallet, String rule) {
    return database
        .look()
        .sql(
            """
            select current, value from alert
             where wallet_id = ?::uuid and rule_id = ?::uuid
             order by alert_id
            """)
        .params(wallet, rule)
        .query((row, _) -> new Episode(row.getString("current"), row.getString("value")))
        .list();
  }

  private long told(String wallet, String kind) {
    return database
        .look()
        .sql("select count(*) from outbox_event where wallet_id = ?::uuid and kind = ?")
        .params(wallet, kind)
        .query(Long.class)
        .single();
  }
}
