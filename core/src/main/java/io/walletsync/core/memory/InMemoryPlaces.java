package io.walletsync.core.memory;

import io.walletsync.core.kernel.Microseconds;
import io.walletsync.core.wallet.Connection;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.SyncSchedule;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The queue's rows, and what the registry does to them; within the registry's transactions. */
final class InMemoryPlaces {
  private final Table<WalletId, Place> places;
  private final Table<ConnectionId, Connection> connections;
  private final InstantSource clock;

  InMemoryPlaces(InMemoryTransactions transactions, InstantSource clock) {
    this.places = transactions.table();
    this.connections = transactions.table();
    this.clock = clock;
  }

  Map<WalletId, Place> rows() {
    return places.rows();
  }

  Instant now() {
    return Microseconds.cut(clock.instant());
  }

  SyncSchedule inForce(Wallet wallet) {
    var connection = connections.rows().get(wallet.connectionId());
    return SyncSchedule.inForce(
        wallet.schedule(), connection == null ? null : connection.schedule());
  }

  void added(Wallet wallet) {
    rows().put(wallet.id(), Place.free(wallet, firstDue(wallet), 0, null));
  }

  void changed(Wallet before, Wallet now) {
    var place = rows().get(now.id());
    var hasNewSchedule = !Objects.equals(before.schedule(), now.schedule());
    if (place == null || now.status() != before.status() || hasNewSchedule) {
      var due = firstDue(now);
      rows()
          .put(
              now.id(),
              Place.free(
                  now,
                  place == null || due == null ? due : Place.earlier(place.dueAt(), due),
                  place == null || due == null ? 0 : place.failures(),
                  null));
    } else {
      replace(
          now.id(), row -> new Place(now, row.dueAt(), row.token(), row.failures(), row.pace()));
    }
  }

  private void replace(WalletId id, UnaryOperator<Place> change) {
    rows().computeIfPresent(id, (_, row) -> change.apply(row));
  }

  private @Nullable Instant firstDue(Wallet wallet) {
    return wallet.status() == Wallet.Status.ACTIVE ? now().plus(inForce(wallet).interval()) : null;
  }

  void added(Connection connection) {
    connections.rows().put(connection.id(), connection);
  }

  void changed(Connection connection) {
    var before = connections.rows().put(connection.id(), connection);
    if (before != null && Objects.equals(before.schedule(), connection.schedule())) {
      return;
    }
    rows()
        .replaceAll(
            (_, row) -> {
              var inherits =
                  row.wallet().connectionId().equals(connection.id())
                      && row.wallet().schedule() == null;
              var due = firstDue(row.wallet());
              return inherits && due != null
                  ? Place.free(row.wallet(), Place.earlier(row.dueAt(), due), row.failures(), null)
                  : row;
            });
  }

  void credentialsReplaced(ConnectionId connection) {
    rows()
        .replaceAll(
            (_, row) ->
                row.wallet().connectionId().equals(connection)
                        && row.failures() > 0
                        && row.dueAt() != null
                    ? Place.free(row.wallet(), now(), row.failures(), row.pace())
                    : row);
  }
}
