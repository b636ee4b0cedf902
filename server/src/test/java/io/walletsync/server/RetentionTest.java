package io.walletsync.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.server.metrics.Scrape;
import io.walletsync.server.support.Eventually;
import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A server forgets what is past its time, all of it, and nothing else. */
class RetentionTest {
  private static final String DELETED = "walletsync_retention_deleted_rows_total{kind=\"%s\"}";

  private final TestDatabase database = TestDatabase.migrated();

  @Test
  void whatIsPastItsTimeGoesAndWhatCountsStays() {
    makeRowsOfTheLastTwoDays();
    makeRuns();
    try (var paystack = new StubPaystack();
        var server =
            TestServer.start(
                database,
                paystack.url(),
                Map.of(
                    "WALLETSYNC_RETENTION_IDEMPOTENCY", "PT2H",
                    "WALLETSYNC_RETENTION_EVENTS", "P1D"))) {
      Eventually.within(
          Duration.ofSeconds(30),
          "everything past its time is gone",
          () ->
              count("nonce")
                      + count("idempotency_record")
                      + count("provider_event")
                      + count("sync_run")
                  == 5);

      assertThat(names("select nonce from nonce")).isEqualTo("young");
      assertThat(names("select idempotency_key from idempotency_record")).isEqualTo("young");
      assertThat(names("select type from provider_event")).isEqualTo("waiting, young");
      assertThat(names("select requester_name from sync_run")).isEqualTo("young");
      var shown = Scrape.of(server.address());
      assertThat(shown.samples())
          .containsEntry(DELETED.formatted("nonce"), 2_500.0)
          .containsEntry(DELETED.formatted("idempotency_record"), 2_500.0)
          .containsEntry(DELETED.formatted("provider_event"), 3.0)
          .containsEntry(DELETED.formatted("sync_run"), 2.0)
          .containsEntry(DELETED.formatted("retired_webhook_secret"), 0.0);
      assertThat(shown.samples().get("walletsync_retention_age_seconds{kind=\"nonce\"}"))
          .isBetween(0.0, 60.0);
      assertAKeyIsKeptForTwoHours(server, paystack);
    }
  }

  private void assertAKeyIsKeptForTwoHours(TestServer server, StubPaystack paystack) {
    paystack.has("sk_test_retention_number_1", "NGN", 100);
    var client = server.client();
    var wallet = client.register(client.connect("sk_test_retention_number_1"), "NGN");
    client.sync(wallet, "kept").expect(200);

    assertThat(
            database
                .look()
                .sql(
                    """
                    select expires_at - created_at = interval '2 hours' from idempotency_record
                     where idempotency_key = 'kept'
                    """)
                .query(Boolean.class)
                .single())
        .isTrue();
  }

  private void makeRowsOfTheLastTwoDays() {
    database
        .look()
        .sql(
            """
            insert into nonce
            select gen_random_uuid(), 'old', now() - interval '1 second'
              from generate_series(1, 2500)
             union all values (gen_random_uuid(), 'young', now() + interval '15 minutes')
            """)
        .update();
    database
        .look()
        .sql(
            """
            insert into idempotency_record
            select gen_random_uuid(), 'old', 'f', gen_random_uuid(), now() - interval '1 day', null,
                   now() - interval '1 day', now() - interval '1 second'
              from generate_series(1, 2500)
             union all
             values (gen_random_uuid(), 'young', 'f', gen_random_uuid(), now(), 'answer', now(),
                     now() + interval '1 day')
            """)
        .update();
    database
        .look()
        .sql(
            """
            with connected as (
              insert into connection (connection_id, provider, name, created_at, removed_at)
              values (gen_random_uuid(), 'paystack', 'test', now(), now())
              returning connection_id
            )
            insert into provider_event
            select gen_random_uuid(), connection_id, 'paystack', event.type, null, event.type,
                   'NOTHING', null, '', 'm', 0, now() - event.age, event.status, now() - event.age,
                   0, case when event.status = 'WAITING' then null else now() end, null
              from connected,
                   (values ('done', 'DONE', interval '25 hours'),
                           ('ignored', 'IGNORED', interval '25 hours'),
                           ('failed', 'FAILED', interval '25 hours'),
                           ('waiting', 'WAITING', interval '25 hours'),
                           ('young', 'DONE', interval '23 hours')) as event (type, status, age)
            """)
        .update();
  }

  private void makeRuns() {
    database
        .look()
        .sql(
            """
            with run as (
              insert into sync_run (run_id, kind, requester, requester_name, created_at, total,
                                    state, finished_at)
              values (gen_random_uuid(), 'ALL', gen_random_uuid(), 'old', now(), 1, 'COMPLETED',
                      now() - interval '30 days 1 minute'),
                     (gen_random_uuid(), 'ALL', gen_random_uuid(), 'young', now(), 1, 'CANCELLED',
                      now() - interval '29 days 23 hours')
              returning run_id, requester_name
            )
            insert into sync_run_failure
            select run_id, gen_random_uuid(), 'timeout', 'late', now() from run
             where requester_name = 'old'
            """)
        .update();
  }

  private String names(String query) {
    return String.join(", ", database.look().sql(query + " order by 1").query(String.class).list());
  }

  private int count(String table) {
    return database.look().sql("select count(*) from " + table).query(Integer.class).single();
  }
}
