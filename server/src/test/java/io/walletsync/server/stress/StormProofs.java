package io.walletsync.server.stress;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.server.stress.StormSyncs.Told;
import io.walletsync.server.support.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What must be true of the database when the storm is over: nothing is lost, nothing is doubled.
 */
record StormProofs(TestDatabase database, List<StormAccount> accounts) {
  /** Each event that was acknowledged is there once, and was accepted as new once. */
  void everyEventIsThereOnce(StormWebhooks webhooks) {
    var stored = new TreeMap<String, Integer>();
    database
        .look()
        .sql("select connection_id::text, count(*)::int from provider_event group by connection_id")
        .query((row, _) -> stored.put(row.getString(1), row.getInt(2)))
        .list();

    assertThat(webhooks.refused()).as("announcements that were not acknowledged").isEmpty();
    assertThat(stored).isEqualTo(new TreeMap<>(webhooks.acknowledgedByConnection()));
    assertThat(webhooks.accepted())
        .as("accepted as new")
        .isBetween(webhooks.distinct() - webhooks.sentAgain(), webhooks.distinct());
  }

  int waiting() {
    return events("WAITING");
  }

  void noEventWasGivenUp() {
    assertThat(events("FAILED")).as("events given up").isZero();
    assertThat(events("IGNORED")).as("events ignored").isZero();
  }

  /** Every history is whole, and what a 200 said is in it, at that place and with that balance. */
  void everyAnswerIsInAWholeHistory(List<Told> told) {
    var rows =
        accounts.stream()
            .map(it -> History.of(database, it.wallet()).requireWhole().requireAudited(database))
            .flatMap(history -> history.rows().stream())
            .collect(Collectors.toMap(row -> row.id().toString(), Function.identity()));
    var wallets = wallets();
    assertThat(told).isNotEmpty();
    for (var answer : told) {
      assertThat(rows).as("the snapshot of %s", answer).containsKey(answer.snapshot());
      var row = Objects.requireNonNull(rows.get(answer.snapshot()));
      assertThat(row.available()).as("%s", answer).isEqualByComparingTo(answer.balance());
      assertThat(row.sequence()).as("%s", answer).isEqualTo(answer.sequence());
      assertThat(wallets.get(answer.snapshot())).isEqualTo(answer.wallet());
    }
  }

  private Map<String, String> wallets() {
    return database
        .look()
        .sql("select snapshot_id::text, wallet_id::text from wallet_balance_snapshot")
        .query((row, _) -> Map.entry(row.getString(1), row.getString(2)))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Over all wallets, though the schema would allow one in each. */
  void everyKeyMadeAtMostOneSnapshot() {
    assertThat(
            database
                .look()
                .sql(
                    """
                    select idempotency_key from wallet_balance_snapshot
                     where idempotency_key is not null
                     group by idempotency_key
                    having count(*) > 1
                    """)
                .query(String.class)
                .list())
        .isEmpty();
  }

  int snapshots() {
    return number("select count(*) from wallet_balance_snapshot");
  }

  /** How long the events of a provider that came in the storm waited until they were served, ms. */
  int waited(String provider, double share) {
    return number(
        """
        select (extract(epoch from percentile_cont(%s) within group
                 (order by processed_at - received_at)) * 1000)::int
          from provider_event
         where provider = '%s' and status = 'DONE'
        """
            .formatted(share, provider));
  }

  private int events(String status) {
    return number("select count(*) from provider_event where status = '" + status + "'");
  }

  private int number(String sql) {
    return database.look().sql(sql).query(Integer.class).single();
  }
}
