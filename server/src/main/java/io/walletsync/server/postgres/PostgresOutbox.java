package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.array;
import static io.walletsync.server.postgres.Columns.instant;
import static io.walletsync.server.postgres.Columns.uuid;
import static io.walletsync.server.postgres.Columns.uuidOrNull;

import io.walletsync.core.notification.Notification;
import io.walletsync.core.notification.Notification.About;
import io.walletsync.core.notification.Notification.BalanceChanged;
import io.walletsync.core.notification.Notification.Occurrence;
import io.walletsync.core.notification.Notification.ReadingQuarantined;
import io.walletsync.core.notification.Notification.ReadingSettled;
import io.walletsync.core.notification.Outbox;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.WalletId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * The outbox in PostgreSQL, in the order of transactions. One that is still open hides all that
 * began after it, or its own events could be committed behind a place that somebody has passed.
 */
final class PostgresOutbox implements Outbox {
  /** Of those that are not wanted, so many are passed over in one look. */
  private static final int MOST_LOOKED_AT = 1_000;

  private final JdbcClient jdbc;
  private final AnnouncedFacts facts;

  PostgresOutbox(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.facts = new AnnouncedFacts(jdbc);
  }

  /**
   * Begins a new epoch where there are events of transactions that this server has yet to begin: it
   * is not the one that added them.
   */
  void beginEpochIfMoved() {
    jdbc.sql(
            """
            update outbox_epoch
               set epoch = epoch + 1
             where exists (
               select 1 from outbox_event
                where outbox_event.epoch = outbox_epoch.epoch
                  and transaction_id >= pg_snapshot_xmax(pg_current_snapshot()))
            """)
        .update();
  }

  @Override
  public void append(List<Notification> notifications) {
    jdbc.sql(
            """
            insert into outbox_event (
                     epoch, event_id, kind, wallet_id, connection_id, sequence, reading_id, facts,
                     occurred_at)
            select (select epoch from outbox_epoch), event_id, kind, wallet_id, connection_id,
                   sequence, reading_id, facts::jsonb, occurred_at
              from unnest(?::uuid[], ?::text[], ?::uuid[], ?::uuid[], ?::bigint[], ?::uuid[],
                          ?::text[], ?::timestamptz[])
                as event (event_id, kind, wallet_id, connection_id, sequence, reading_id, facts,
                          occurred_at)
            """)
        .params(
            array("uuid", notifications, Notification::id),
            array("text", notifications, each -> each.kind().code()),
            array("uuid", notifications, each -> wallet(each.about().orElse(null))),
            array("uuid", notifications, each -> connection(each.about().orElse(null))),
            array("bigint", notifications, PostgresOutbox::sequence),
            array("uuid", notifications, PostgresOutbox::readingId),
            array("text", notifications, PostgresOutbox::facts),
            array("timestamptz", notifications, Notification::occurredAt))
        .update();
  }

  private static @Nullable Long sequence(Notification notification) {
    return switch (notification) {
      case BalanceChanged changed -> changed.snapshot().sequence();
      case ReadingQuarantined _, ReadingSettled _, Occurrence _ -> null;
    };
  }

  private static @Nullable UUID readingId(Notification notification) {
    return switch (notification) {
      case BalanceChanged _, Occurrence _ -> null;
      case ReadingQuarantined quarantined -> quarantined.reading().readingId();
      case ReadingSettled settled -> settled.reading().readingId();
    };
  }

  private static @Nullable String facts(Notification notification) {
    return notification instanceof Occurrence occurrence
        ? JsonMapper.shared().writeValueAsString(occurrence.facts())
        : null;
  }

  private static @Nullable UUID wallet(@Nullable About about) {
    return about == null ? null : about.wallet().value();
  }

  private static @Nullable UUID connection(@Nullable About about) {
    return about == null ? null : about.connection().value();
  }

  @Override
  public Listed list(Query query) {
    var isPicky =
        query.visibility().connections() != null
            || !query.kinds().isEmpty()
            || query.wallet() != null;
    var most = isPicky ? Math.max(MOST_LOOKED_AT, query.limit()) : query.limit();
    var rows = rows(query.after(), most + 1);
    var looked = rows.subList(0, Math.min(most, rows.size()));
    var wanted = looked.stream().filter(row -> isWanted(query, row)).limit(query.limit()).toList();
    if (wanted.size() == query.limit()) {
      var last = looked.indexOf(wanted.getLast());
      return new Listed(facts.of(wanted), wanted.getLast().place(), last + 1 < rows.size());
    }
    return new Listed(
        facts.of(wanted),
        looked.isEmpty() ? query.after() : looked.getLast().place(),
        rows.size() > looked.size());
  }

  private static boolean isWanted(Query query, Row row) {
    return query.wants(row.kind(), row.about());
  }

  private List<Row> rows(Place after, int most) {
    return jdbc.sql(
            """
            select epoch, transaction_id::text as transaction, event_id, kind, wallet_id,
                   connection_id, sequence, reading_id, facts, occurred_at
              from outbox_event
             where (epoch, transaction_id, event_id) > (?, ?::xid8, ?)
               and (epoch, transaction_id)
                   < ((select epoch from outbox_epoch), pg_snapshot_xmin(pg_current_snapshot()))
             order by outbox_event.epoch, outbox_event.transaction_id, event_id
             limit ?
            """)
        .params(after.epoch(), Long.toString(after.transaction()), after.id(), most)
        .query((row, _) -> row(row))
        .list();
  }

  private static Row row(ResultSet row) throws SQLException {
    var wallet = uuidOrNull(row, "wallet_id");
    return new Row(
        PostgresBookmarks.place(row),
        Notification.Kind.of(row.getString("kind")),
        wallet == null
            ? Optional.empty()
            : Optional.of(
                new About(new WalletId(wallet), new ConnectionId(uuid(row, "connection_id")))),
        row.getLong("sequence"),
        uuidOrNull(row, "reading_id"),
        row.getString("facts"),
        instant(row, "occurred_at"));
  }

  @Override
  public Place end() {
    return jdbc.sql(
            """
            select epoch, transaction_id::text as transaction, event_id
              from outbox_event
             where (epoch, transaction_id)
                   < ((select epoch from outbox_epoch), pg_snapshot_xmin(pg_current_snapshot()))
             order by outbox_event.epoch desc, outbox_event.transaction_id desc,
                      event_id desc
             limit 1
            """)
        .query((row, _) -> PostgresBookmarks.place(row))
        .optional()
        .orElse(Place.START);
  }

  /**
   * Looked for by halves in the order of transactions, which is nearly that of time and has an
   * index. Epochs before the newest one are not cut: what lies there is looked through.
   */
  @Override
  public Place before(Instant time) {
    var end = end();
    var first = firstBehind(new Place(end.epoch(), 0, Place.START.id()));
    if (first.isEmpty() || !first.get().occurredAt().isBefore(time)) {
      return Place.START;
    }
    var early = first.get().place().transaction();
    var late = end.transaction();
    while (late - early > 1) {
      var middle = early + (late - early) / 2;
      var found = firstBehind(new Place(end.epoch(), middle, Place.START.id()));
      if (found.isPresent() && found.get().occurredAt().isBefore(time)) {
        early = middle;
      } else {
        late = middle;
      }
    }
    return new Place(end.epoch(), early, Place.START.id());
  }

  private Optional<Row> firstBehind(Place place) {
    return rows(place, 1).stream().findFirst();
  }

  /**
   * An event as it is stored.
   *
   * @param sequence of the wallet's snapshot, 0 where it tells of something else
   * @param facts JSON of what is in no other table
   */
  record Row(
      Place place,
      Notification.Kind kind,
      Optional<About> about,
      long sequence,
      @Nullable UUID reading,
      @Nullable String facts,
      Instant occurredAt) {}
}
