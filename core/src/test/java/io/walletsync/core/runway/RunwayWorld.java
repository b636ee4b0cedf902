package io.walletsync.core.runway;

import io.walletsync.core.Examples;
import io.walletsync.core.MutableClock;
import io.walletsync.core.SequentialIds;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.balance.ExampleObservation;
import io.walletsync.core.balance.RecordBalances;
import io.walletsync.core.balance.Settlements;
import io.walletsync.core.memory.InMemoryStorage;
import io.walletsync.core.payout.Reservation;
import io.walletsync.core.runway.ForecastRunway.Outcome;
import io.walletsync.core.runway.ForecastRunway.Query;
import io.walletsync.core.runway.PlanOutflows.Row;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A wallet whose balance was read at given times, its plan, and its forecasts. */
final class RunwayWorld {
  final MutableClock clock = new MutableClock(Examples.MORNING);
  final InMemoryStorage storage = new InMemoryStorage(clock);
  final Wallet wallet = storage.wallets().addOrLock(Examples.wallet(Examples.connection()));
  private final Auditor auditor =
      new Auditor(storage.auditTrail(), new SequentialIds(1L << 16), clock);
  private final RecordBalances recordBalances =
      new RecordBalances(
          storage.snapshots(),
          storage.quarantine(),
          new Settlements(List.of()),
          List.of(),
          storage.transactions(),
          auditor,
          new SequentialIds(2L << 16));
  private final PlanOutflows planOutflows =
      new PlanOutflows(
          storage.snapshots(), storage.outflowPlans(), storage.transactions(), auditor);
  private final ForecastRunway forecastRunway =
      new ForecastRunway(
          storage.snapshots(), storage.history(), storage.outflowPlans(), storage.reservations());

  /** The provider says so at that time, which is now from then on. */
  void read(Instant at, String naira) {
    clock.set(at);
    recordBalances.record(
        List.of(
            ExampleObservation.of(wallet.id())
                .balance(naira)
                .startedAt(at)
                .took(Duration.ZERO)
                .observation()));
  }

  PlanOutflows.Outcome plan(String minimum, Row... rows) {
    return planOutflows.plan(
        new PlanOutflows.Command(
            Examples.actor(),
            Visibility.ALL,
            wallet.id(),
            new BigDecimal(minimum),
            Arrays.asList(rows)));
  }

  /** Money is set aside for a payout. */
  Reservation reserve(String reference, String naira) {
    var made =
        new Reservation(
            Examples.id(),
            wallet.id(),
            reference,
            Examples.naira(naira),
            new Reservation.Made(clock.instant(), "wsk_example", 1),
            clock.instant(),
            1,
            null,
            null);
    return storage
        .transactions()
        .inTransaction(
            () -> {
              storage.reservations().add(made);
              return made;
            });
  }

  /** It will not happen. */
  void release(Reservation reservation) {
    var now =
        new Reservation(
            reservation.id(),
            reservation.walletId(),
            reservation.reference(),
            reservation.amount(),
            reservation.made(),
            reservation.expectedBy(),
            1,
            null,
            new Reservation.Ended(
                Reservation.State.RELEASED, clock.instant(), "wsk_example", 1, null, "x", true));
    storage
        .transactions()
        .inTransaction(
            () -> {
              storage.reservations().save(List.of(now));
              return now;
            });
  }

  static Row row(Instant at, String amount, String name) {
    return new Row(at, new BigDecimal(amount), name);
  }

  Outcome outcome() {
    return outcome(ZoneOffset.UTC, null, ForecastRunway.USUAL_HORIZON, false);
  }

  Outcome outcome(ZoneId zone, @Nullable String minimum, Duration horizon, boolean countsInflows) {
    var least = minimum == null ? null : new BigDecimal(minimum);
    var query = new Query(Set.of(wallet.id()), Visibility.ALL, zone, least, horizon, countsInflows);
    return forecastRunway.forecast(query).values().iterator().next();
  }

  Runway runway() {
    return ((Outcome.Forecast) outcome()).runway();
  }

  Runway runway(ZoneId zone, Duration horizon, boolean countsInflows) {
    return ((Outcome.Forecast) outcome(zone, null, horizon, countsInflows)).runway();
  }
}
