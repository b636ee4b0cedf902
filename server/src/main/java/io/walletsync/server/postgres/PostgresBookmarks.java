package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.uuid;

import io.walletsync.core.notification.Bookmarks;
import io.walletsync.core.notification.Outbox.Place;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Bookmarks as rows, leased by the database's clock. */
final class PostgresBookmarks implements Bookmarks {
  private final JdbcClient jdbc;

  PostgresBookmarks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Optional<Held> take(String reader, Place start, Duration leaseFor) {
    var token = UUID.randomUUID();
    return jdbc.sql(
            """
            insert into outbox_bookmark as bookmark (
                     reader, epoch, transaction_id, event_id, lease_token, lease_until)
            values (:reader, :epoch, :transaction::xid8, :event, :token,
                    clock_timestamp() + :leaseFor * interval '1 millisecond')
            on conflict (reader) do update
               set lease_token = excluded.lease_token, lease_until = excluded.lease_until
             where bookmark.lease_until <= clock_timestamp()
            returning epoch, transaction_id::text as transaction, event_id
            """)
        .param("reader", reader)
        .param("epoch", start.epoch())
        .param("transaction", Long.toString(start.transaction()))
        .param("event", start.id())
        .param("token", token)
        .param("leaseFor", leaseFor.toMillis())
        .query((row, _) -> new Held(reader, token, place(row)))
        .optional();
  }

  @Override
  public boolean move(Held held, Place next, Duration leaseFor) {
    return jdbc.sql(
                """
                update outbox_bookmark
                   set epoch = :epoch, transaction_id = :transaction::xid8, event_id = :event,
                       lease_until = clock_timestamp() + :leaseFor * interval '1 millisecond'
                 where reader = :reader and lease_token = :token
                """)
            .param("epoch", next.epoch())
            .param("transaction", Long.toString(next.transaction()))
            .param("event", next.id())
            .param("leaseFor", leaseFor.toMillis())
            .param("reader", held.reader())
            .param("token", held.token())
            .update()
        == 1;
  }

  @Override
  public void release(Held held) {
    jdbc.sql(
            """
            update outbox_bookmark
               set lease_until = '-infinity'
             where reader = ? and lease_token = ?
            """)
        .params(held.reader(), held.token())
        .update();
  }

  @Override
  public Optional<Place> find(String reader) {
    return jdbc.sql(
            """
            select epoch, transaction_id::text as transaction, event_id
              from outbox_bookmark
             where reader = ?
            """)
        .param(reader)
        .query((row, _) -> place(row))
        .optional();
  }

  static Place place(ResultSet row) throws SQLException {
    return new Place(row.getInt("epoch"), row.getLong("transaction"), uuid(row, "event_id"));
  }
}
