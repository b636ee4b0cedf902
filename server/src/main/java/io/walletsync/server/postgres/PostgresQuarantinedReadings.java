package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.array;
import static io.walletsync.server.postgres.Columns.uuids;
import static java.util.Comparator.comparing;

import io.walletsync.core.balance.QuarantinedReading;
import io.walletsync.core.balance.QuarantinedReading.Resolution;
import io.walletsync.core.balance.QuarantinedReadings;
import io.walletsync.core.kernel.Page;
import io.walletsync.core.money.Money;
import io.walletsync.core.wallet.Visibility;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Quarantined readings in PostgreSQL; the open one is named on its wallet's row too. */
final class PostgresQuarantinedReadings implements QuarantinedReadings {
  private final JdbcClient jdbc;

  PostgresQuarantinedReadings(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void save(Collection<QuarantinedReading> readings) {
    // settled ones first: they make room for the one that is open now
    var rows = readings.stream().sorted(comparing(QuarantinedReading::isOpen)).toList();
    jdbc.sql(
            """
            insert into quarantined_reading (
                     reading_id, wallet_id, connection_id, provider, reason, currency, available,
                     ledger, locked, external_balance_id, provider_time, call_started_at,
                     observed_at, source, metadata, times_seen, last_seen_at, quarantined_at,
                     ended, settled_at, settled_by, note)
            select reading_id, wallet_id, connection_id, provider, reason, currency, available,
                   ledger, locked, external_balance_id, provider_time, call_started_at,
                   observed_at, source, metadata::jsonb, times_seen, last_seen_at, quarantined_at,
                   ended, settled_at, settled_by, note
              from unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[],
                          ?::numeric[], ?::numeric[], ?::numeric[], ?::text[], ?::timestamptz[],
                          ?::timestamptz[], ?::timestamptz[], ?::text[], ?::text[], ?::integer[],
                          ?::timestamptz[], ?::timestamptz[], ?::text[], ?::timestamptz[],
                          ?::text[], ?::text[])
                with ordinality as reading (
                     reading_id, wallet_id, connection_id, provider, reason, currency, available,
                     ledger, locked, external_balance_id, provider_time, call_started_at,
                     observed_at, source, metadata, times_seen, last_seen_at, quarantined_at,
                     ended, settled_at, settled_by, note, place)
             order by place
                on conflict (reading_id) do update
               set times_seen = excluded.times_seen, last_seen_at = excluded.last_seen_at,
                   ended = excluded.ended, settled_at = excluded.settled_at,
                   settled_by = excluded.settled_by, note = excluded.note
            """)
        .params(
            array("uuid", rows, QuarantinedReading::readingId),
            array("uuid", rows, row -> row.walletId().value()),
            array("uuid", rows, row -> row.connectionId().value()),
            array("text", rows, row -> row.provider().value()),
            array("text", rows, row -> row.reason().name()),
            array("text", rows, row -> row.balance().currency().value()),
            array("numeric", rows, row -> row.balance().available().amount()),
            array("numeric", rows, row -> amount(row.balance().ledger())),
            array("numeric", rows, row -> amount(row.balance().locked())),
            array("text", rows, row -> row.externalId() == null ? null : row.externalId().value()),
            array("timestamptz", rows, QuarantinedReading::providerTime),
            array("timestamptz", rows, QuarantinedReading::callStartedAt),
            array("timestamptz", rows, QuarantinedReading::observedAt),
            array("text", rows, row -> row.source().name()),
            array("text", rows, row -> MetadataJson.write(row.metadata())),
            array("integer", rows, QuarantinedReading::timesSeen),
            array("timestamptz", rows, QuarantinedReading::lastSeenAt),
            array("timestamptz", rows, QuarantinedReading::quarantinedAt),
            array("text", rows, row -> of(row, resolution -> resolution.end().name())),
            array("timestamptz", rows, row -> of(row, Resolution::at)),
            array("text", rows, row -> of(row, Resolution::by)),
            array("text", rows, row -> of(row, Resolution::note)))
        .update();
    nameTheOpenOnes(rows);
  }

  private void nameTheOpenOnes(Collection<QuarantinedReading> rows) {
    var openByWallet = new HashMap<UUID, @Nullable UUID>();
    for (var row : rows) {
      openByWallet.put(row.walletId().value(), row.isOpen() ? row.readingId() : null);
    }
    jdbc.sql(
            """
            update wallet set doubt_id = doubt.reading_id
              from unnest(?::uuid[], ?::uuid[]) as doubt (wallet_id, reading_id)
             where wallet.wallet_id = doubt.wallet_id
            """)
        .params(
            array("uuid", openByWallet.entrySet(), Map.Entry::getKey),
            array("uuid", openByWallet.entrySet(), Map.Entry::getValue))
        .update();
  }

  private static @Nullable BigDecimal amount(@Nullable Money money) {
    return money == null ? null : money.amount();
  }

  private static @Nullable Object of(
      QuarantinedReading reading, Function<Resolution, ? extends @Nullable Object> part) {
    var resolution = reading.resolution();
    return resolution == null ? null : part.apply(resolution);
  }

  @Override
  public Optional<QuarantinedReading> find(UUID readingId, Visibility visibility) {
    return jdbc.sql(
            """
            select * from quarantined_reading
             where reading_id = :id
               and (:visible::uuid[] is null or connection_id = any (:visible::uuid[]))
            """)
        .param("id", readingId)
        .param("visible", uuids(visibility.connections()))
        .query((row, _) -> QuarantineRow.own(row))
        .optional();
  }

  @Override
  public Page<QuarantinedReading> page(Query query) {
    return Page.of(
        jdbc.sql(
                """
                select * from quarantined_reading
                 where (:visible::uuid[] is null or connection_id = any (:visible::uuid[]))
                   and (:wallet::uuid is null or wallet_id = :wallet::uuid)
                   and (:connection::uuid is null or connection_id = :connection::uuid)
                   and (:open::boolean is null or (ended is null) = :open::boolean)
                   and (:before::uuid is null or reading_id < :before::uuid)
                 order by reading_id desc
                 limit :limit
                """)
            .param("visible", uuids(query.visibility().connections()))
            .param("wallet", query.wallet() == null ? null : query.wallet().value())
            .param("connection", query.connection() == null ? null : query.connection().value())
            .param("open", query.open())
            .param("before", query.before())
            .param("limit", query.limit() + 1)
            .query((row, _) -> QuarantineRow.own(row))
            .list(),
        query.limit());
  }

  @Override
  public long countOpen() {
    return jdbc.sql("select count(*) from quarantined_reading where ended is null")
        .query(Long.class)
        .single();
  }
}
