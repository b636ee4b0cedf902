package io.walletsync.server.postgres;

import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.payout.Reservations;
import io.walletsync.core.payout.ReservationsContract;

final class PostgresReservationsTest implements ReservationsContract {
  @Override
  public Transactions transactions() {
    return Ports.transactions();
  }

  @Override
  public Reservations reservations() {
    return Ports.reservations();
  }
}
