package io.walletsync.server.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.walletsync.core.payout.Reservation.State;
import io.walletsync.core.payout.Reservations;
import io.walletsync.core.payout.Reservations.Figure;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** How much money is set aside for payouts by number, and since when. */
final class ReservationGauges {
  private static final double MILLIS = 1_000.0;

  ReservationGauges(Reservations reservations, MeterRegistry registry) {
    var figures =
        new LookedUp<List<Figure>>("the reservations", () -> Optional.of(reservations.figures()));
    for (var state : List.of(State.HELD, State.CONFIRMED)) {
      Gauge.builder(
              "walletsync.payout.reservations",
              () -> figures.value(all -> of(all, state, Figure::count)))
          .tag("state", state.code())
          .register(registry);
      Gauge.builder(
              "walletsync.payout.reservation.oldest.seconds",
              () -> figures.value(all -> of(all, state, it -> it.oldest().toMillis() / MILLIS)))
          .tag("state", state.code())
          .register(registry);
    }
  }

  /** Zero where there is none. */
  private static double of(List<Figure> all, State state, ToDoubleFunction<Figure> part) {
    return all.stream().filter(it -> it.state() == state).mapToDouble(part).sum();
  }
}
