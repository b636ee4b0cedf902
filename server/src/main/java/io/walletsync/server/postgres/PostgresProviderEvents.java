package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.timestamp;
import static io.walletsync.server.postgres.Columns.uuids;

import io.walletsync.core.event.Notice;
import io.walletsync.core.event.ProviderEvent;
import io.walletsync.core.event.ProviderEvent.Status;
import io.walletsync.core.event.ProviderEvents;
import io.walletsync.core.kernel.Page;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.Visibility;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The inbox in PostgreSQL; each body is sealed for its row. */
final class PostgresProviderEvents implements ProviderEvents {
  /** So many rows that a statement ends long before its timeout. */
  private static final int RESTARTED_AT_ONCE = 5_000;

  private final JdbcClient jdbc;
  private final SecretVault vault;

  PostgresProviderEvents(JdbcClient jdbc, SecretVault vault) {
    this.jdbc = jdbc;
    this.vault = vault;
  }

  @Override
  public boolean add(Arrival arrival) {
    var notice = arrival.notice();
    var sealed = vault.seal(arrival.body(), boundTo(arrival.id()));
    // whichever of the two unique keys it meets; nothing else is written, for a connection is due
    // by the fact that something of it waits
    return jdbc.sql(
                """
                insert into provider_event (event_id, connection_id, provider, type,
                                            provider_event_id, content_key, concern, currencies,
                                            sealed, sealed_by, body_bytes, received_at, status,
                                            waiting_since, attempts, processed_at)
                select :id, :connection, :provider, :type, :eventId, :contentKey, :concern,
                       :currencies::text[], :sealed, :sealedBy, :bytes, now.at, :status, now.at, 0,
                       case when :status = 'WAITING' then null else now.at end
                  from (select clock_timestamp() as at) as now
                on conflict do nothing
                """)
            .param("id", arrival.id())
            .param("connection", arrival.connection().value())
            .param("provider", arrival.provider().value())
            .param("type", notice.type())
            .param("eventId", notice.eventId())
            .param("contentKey", notice.contentKey().value())
            .param("concern", EventRow.concern(notice.concern()))
            .param("currencies", EventRow.currencies(notice.concern()))
            .param("sealed", sealed.bytes())
            .param("sealedBy", sealed.keyId())
            .param("bytes", arrival.body().length)
            .param("status", Status.first(notice.concern()).name())
            .update()
        == 1;
  }

  @Override
  public Optional<ProviderEvent> find(UUID id, Visibility visibility) {
    return select(id, visibility, "");
  }

  @Override
  public Optional<ProviderEvent> lock(UUID id, Visibility visibility) {
    return select(id, visibility, "for update");
  }

  private Optional<ProviderEvent> select(UUID id, Visibility visibility, String locking) {
    return jdbc.sql(
            "select "
                + EventRow.COLUMNS
                + """
                  from provider_event
                 where event_id = :id
                   and (:visible::uuid[] is null or connection_id = any (:visible::uuid[]))
                """
                + locking)
        .param("id", id)
        .param("visible", uuids(visibility.connections()))
        .query((row, _) -> EventRow.event(row))
        .optional();
  }

  @Override
  public Optional<byte[]> body(UUID id) {
    return jdbc.sql("select sealed, sealed_by from provider_event where event_id = ?")
        .param(id)
        .query(
            (row, _) ->
                vault.open(
                    new SecretVault.Sealed(row.getString("sealed_by"), row.getBytes("sealed")),
                    boundTo(id)))
        .optional();
  }

  @Override
  public void restart(UUID id, Notice notice) {
    jdbc.sql(
            """
            update provider_event
               set type = :type, concern = :concern, currencies = :currencies::text[],
                   status = :status, attempts = 0, last_error = null,
                   waiting_since = clock_timestamp(),
                   processed_at = case when :status = 'WAITING' then null
                                       else clock_timestamp() end
             where event_id = :id
            """)
        .param("type", notice.type())
        .param("concern", EventRow.concern(notice.concern()))
        .param("currencies", EventRow.currencies(notice.concern()))
        .param("status", Status.first(notice.concern()).name())
        .param("id", id)
        .update();
  }

  @Override
  public int restartFailed(ConnectionId connection) {
    var all = 0;
    int some;
    do {
      some =
          jdbc.sql(
                  """
                  update provider_event
                     set status = 'WAITING', attempts = 0, last_error = null, processed_at = null,
                         waiting_since = clock_timestamp()
                   where event_id in (select event_id from provider_event
                                       where connection_id = :connection and status = 'FAILED'
                                       limit :batch)
                  """)
              .param("connection", connection.value())
              .param("batch", RESTARTED_AT_ONCE)
              .update();
      all += some;
    } while (some > 0);
    return all;
  }

  @Override
  public Page<ProviderEvent> page(Query query) {
    var connection = query.connection();
    var status = query.status();
    var before = query.before();
    return Page.of(
        jdbc.sql(
                "select "
                    + EventRow.COLUMNS
                    + """
                      from provider_event
                     where (:visible::uuid[] is null or connection_id = any (:visible::uuid[]))
                       and (:connection::uuid is null or connection_id = :connection::uuid)
                       and (:status::text is null or status = :status::text)
                       and (:beforeId::uuid is null
                            or (received_at, event_id) < (:beforeTime::timestamptz, :beforeId::uuid))
                     order by received_at desc, event_id desc
                     limit :limit
                    """)
            .param("visible", uuids(query.visibility().connections()))
            .param("connection", connection == null ? null : connection.value())
            .param("status", status == null ? null : status.name())
            .param("beforeTime", before == null ? null : timestamp(before.receivedAt()))
            .param("beforeId", before == null ? null : before.event())
            .param("limit", query.limit() + 1)
            .query((row, _) -> EventRow.event(row))
            .list(),
        query.limit());
  }

  @Override
  public Volume volume(ConnectionId connection, Duration within) {
    return jdbc.sql(
            """
            select count(*) as events, coalesce(sum(body_bytes), 0) as bytes
              from provider_event
             where connection_id = :connection
               and received_at > clock_timestamp() - :within * interval '1 millisecond'
            """)
        .param("connection", connection.value())
        .param("within", within.toMillis())
        .query((row, _) -> new Volume(row.getLong("events"), row.getLong("bytes")))
        .single();
  }

  @Override
  public Backlog backlog() {
    return jdbc.sql(
            """
            select count(*) as waiting,
                   floor(extract(epoch from clock_timestamp() - min(waiting_since)) * 1000)::bigint
                     as oldest
              from provider_event
             where status = 'WAITING'
            """)
        .query((row, _) -> new Backlog(row.getLong("waiting"), millis((Long) row.getObject(2))))
        .single();
  }

  @Override
  public int forgetSettled(Duration olderThan, int atMost) {
    // a stable time, so that the index ends the search; by ctid, so that nothing is searched twice
    return jdbc.sql(
            """
            delete from provider_event
             where ctid = any (array(
               select ctid from provider_event
                where received_at <= statement_timestamp() - :kept * interval '1 millisecond'
                  and status <> 'WAITING'
                order by received_at, event_id
                limit :batch
                  for update skip locked))
            """)
        .param("kept", olderThan.toMillis())
        .param("batch", atMost)
        .update();
  }

  private static @Nullable Duration millis(@Nullable Long millis) {
    return millis == null ? null : Duration.ofMillis(Math.max(0, millis));
  }

  /** Sealed bytes moved to another row do not open there. */
  private static String boundTo(UUID id) {
    return "provider_event/" + id;
  }
}
