package io.walletsync.core.memory;

import io.walletsync.core.Examples;
import io.walletsync.core.MutableClock;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.payout.Reservations;
import io.walletsync.core.payout.ReservationsContract;

final class InMemoryReservationsTest implements ReservationsContract {
  private final InMemoryStorage storage = new InMemoryStorage(new MutableClock(Examples.MORNING));

  @Override
  public Transactions transactions() {
    return storage.transactions();
  }

  @Override
  public Reservations reservations() {
    return storage.reservations();
  }
}
