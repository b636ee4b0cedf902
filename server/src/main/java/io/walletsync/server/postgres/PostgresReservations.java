package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.array;
import static io.walletsync.server.postgres.Columns.instant;
import static io.walletsync.server.postgres.Columns.timestamp;
import static io.walletsync.server.postgres.Columns.uuid;

import io.walletsync.core.kernel.Page;
import io.walletsync.core.payout.Reservation;
import io.walletsync.core.payout.Reservation.Confirmed;
import io.walletsync.core.payout.Reservation.Ended;
import io.walletsync.core.payout.Reservations;
import io.walletsync.core.wallet.WalletId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/** Reservations in PostgreSQL, written under their wallets' locks. */
final class PostgresReservations implements Reservations {
  private final JdbcClient jdbc;

  PostgresReservations(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Optional<Reservation> find(WalletId wallet, UUID id) {
    return jdbc.sql("select * from payout_reservation where reservation_id = ? and wallet_id = ?")
        .params(id, wallet.value())
        .query((row, _) -> ReservationRow.reservation(row))
        .optional();
  }

  @Override
  public Optional<Reservation> under(WalletId wallet, String reference) {
    return jdbc.sql("select * from payout_reservation where wallet_id = ? and reference = ?")
        .params(wallet.value(), reference)
        .query((row, _) -> ReservationRow.reservation(row))
        .optional();
  }

  @Override
  public List<Reservation> open(WalletId wallet) {
    return jdbc.sql(
            """
            select * from payout_reservation
             where wallet_id = ? and state in ('HELD', 'CONFIRMED')
             order by reservation_id
            """)
        .param(wallet.value())
        .query((row, _) -> ReservationRow.reservation(row))
        .list();
  }

  @Override
  public List<Reservation> endedSince(WalletId wallet, long sequence) {
    return jdbc.sql("select * from payout_reservation where wallet_id = ? and ended_sequence >= ?")
        .params(wallet.value(), sequence)
        .query((row, _) -> ReservationRow.reservation(row))
        .list();
  }

  @Override
  public Optional<Instant> lastReleaseInDoubt(WalletId wallet) {
    return jdbc.sql(
            """
            select ended_at from payout_reservation
             where wallet_id = ? and state = 'RELEASED' and not never_left
             order by ended_at desc
             limit 1
            """)
        .param(wallet.value())
        .query((row, _) -> instant(row, "ended_at"))
        .optional();
  }

  @Override
  public List<WalletId> walletsWithOpen(@Nullable WalletId after, int atMost) {
    return jdbc.sql(
            """
            select distinct wallet_id from payout_reservation
             where state in ('HELD', 'CONFIRMED')
               and wallet_id > coalesce(:after::uuid, '00000000-0000-0000-0000-000000000000')
             order by wallet_id
             limit :atMost
            """)
        .param("after", after == null ? null : after.value())
        .param("atMost", atMost)
        .query((row, _) -> new WalletId(uuid(row, "wallet_id")))
        .list();
  }

  @Override
  public List<Figure> figures() {
    return jdbc.sql(
            """
            select state, count(*) as count,
                   (extract(epoch from statement_timestamp() - min(made_at)) * 1000)::bigint
                     as oldest
              from payout_reservation
             where state in ('HELD', 'CONFIRMED')
             group by state
            """)
        .query(
            (row, _) ->
                new Figure(
                    Reservation.State.valueOf(row.getString("state")),
                    row.getLong("count"),
                    Duration.ofMillis(row.getLong("oldest"))))
        .list();
  }

  @Override
  public void add(Reservation reservation) {
    jdbc.sql(
            """
            insert into payout_reservation (
                     reservation_id, wallet_id, reference, currency, amount, made_at, made_by,
                     made_sequence, expected_by, examined_sequence, state)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            reservation.id(),
            reservation.walletId().value(),
            reservation.reference(),
            reservation.amount().currency().value(),
            reservation.amount().amount(),
            timestamp(reservation.made().at()),
            reservation.made().by(),
            reservation.made().sequence(),
            timestamp(reservation.expectedBy()),
            reservation.examined(),
            reservation.state().name())
        .update();
  }

  @Override
  public void save(Collection<Reservation> reservations) {
    jdbc.sql(
            """
            update payout_reservation
               set examined_sequence = now.examined, state = now.state,
                   confirmed_at = now.confirmed_at, confirmed_by = now.confirmed_by,
                   movement_reference = now.movement_reference, ended_at = now.ended_at,
                   ended_by = now.ended_by, ended_sequence = now.ended_sequence,
                   movement_key = now.movement_key, note = now.note,
                   never_left = now.never_left
              from unnest(?::uuid[], ?::bigint[], ?::text[], ?::timestamptz[], ?::text[],
                          ?::text[], ?::timestamptz[], ?::text[], ?::bigint[], ?::text[],
                          ?::text[], ?::boolean[])
                as now (id, examined, state, confirmed_at, confirmed_by, movement_reference,
                        ended_at, ended_by, ended_sequence, movement_key, note,
                        never_left)
             where reservation_id = now.id
            """)
        .params(
            array("uuid", reservations, Reservation::id),
            array("bigint", reservations, Reservation::examined),
            array("text", reservations, it -> it.state().name()),
            confirmed("timestamptz", reservations, Confirmed::at),
            confirmed("text", reservations, Confirmed::by),
            confirmed("text", reservations, Confirmed::movementReference),
            ended("timestamptz", reservations, Ended::at),
            ended("text", reservations, Ended::by),
            ended("bigint", reservations, Ended::sequence),
            ended("text", reservations, Ended::movement),
            ended("text", reservations, Ended::note),
            ended("boolean", reservations, Ended::neverLeft))
        .update();
  }

  private static SqlArrayValue confirmed(
      String type,
      Collection<Reservation> reservations,
      Function<Confirmed, ? extends @Nullable Object> part) {
    return array(
        type,
        reservations,
        it -> {
          var confirmed = it.confirmed();
          return confirmed == null ? null : part.apply(confirmed);
        });
  }

  private static SqlArrayValue ended(
      String type,
      Collection<Reservation> reservations,
      Function<Ended, ? extends @Nullable Object> part) {
    return array(
        type,
        reservations,
        it -> {
          var ended = it.ended();
          return ended == null ? null : part.apply(ended);
        });
  }

  @Override
  public Page<Reservation> page(Query query) {
    var state = query.state() == null ? "" : " and state = '" + query.state() + "'";
    return Page.of(
        jdbc.sql(
                """
                select * from payout_reservation
                 where wallet_id = :wallet
                   and reservation_id < coalesce(:before::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
                """
                    + state
                    + " order by reservation_id desc limit :limit")
            .param("wallet", query.wallet().value())
            .param("before", query.before())
            .param("limit", query.limit() + 1)
            .query((row, _) -> ReservationRow.reservation(row))
            .list(),
        query.limit());
  }
}
