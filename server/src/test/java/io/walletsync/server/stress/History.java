package io.walletsync.server.stress;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.server.support.TestDatabase;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The stored snapshots of one wallet, in the order of their sequences. */
record History(String wallet, List<Row> rows) {
  record Row(
      long sequence,
      UUID id,
      BigDecimal available,
      Instant asOf,
      @Nullable String idempotencyKey) {}

  static History of(TestDatabase database, String wallet) {
    var rows =
        database
            .look()
            .sql(
                """
                select sequence, snapshot_id, available, as_of, idempotency_key
                  from wallet_balance_snapshot
                 where wallet_id = ?::uuid
                 order by sequence
                """)
            .param(wallet)
            .query(
                (row, _) ->
                    new Row(
                        row.getLong("sequence"),
                        row.getObject("snapshot_id", UUID.class),
                        row.getBigDecimal("available"),
                        row.getObject("as_of", OffsetDateTime.class).toInstant(),
                        row.getString("idempotency_key")))
            .list();
    return new History(wallet, rows);
  }

  /** Sequences from 1 without a gap, times that grow, and a change behind every snapshot. */
  History requireWhole() {
    var expected = new ArrayList<Long>();
    for (var i = 1L; i <= rows.size(); i++) {
      expected.add(i);
    }
    assertThat(rows).extracting(Row::sequence).as("sequences").isEqualTo(expected);
    for (var i = 1; i < rows.size(); i++) {
      var earlier = rows.get(i - 1);
      var later = rows.get(i);
      assertThat(later.asOf()).as("as_of of %s", later).isAfter(earlier.asOf());
      assertThat(later.available())
          .as("balance of %s", later)
          .isNotEqualByComparingTo(earlier.available());
    }
    return this;
  }

  /** Each snapshot was made by one request, which the audit trail knows exactly once. */
  History requireAudited(TestDatabase database) {
    var audited =
        database
            .look()
            .sql(
                """
                select details ->> 'snapshot_id' from audit_entry
                 where subject_id = ?::uuid and action = 'sync_balance' and outcome = 'created'
                """)
            .param(wallet)
            .query(String.class)
            .list();
    assertThat(audited)
        .containsExactlyInAnyOrderElementsOf(
            rows.stream().map(row -> row.id().toString()).toList());
    return this;
  }

  /** Each snapshot is told of by one event. */
  History requireTold(TestDatabase database) {
    var told =
        database
            .look()
            .sql(
                """
                select sequence from outbox_event
                 where wallet_id = ?::uuid and kind = 'balance.changed'
                """)
            .param(wallet)
            .query(Long.class)
            .list();
    assertThat(told).containsExactlyInAnyOrderElementsOf(rows.stream().map(Row::sequence).toList());
    return this;
  }

  int size() {
    return rows.size();
  }
}
