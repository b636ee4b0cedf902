package io.walletsync.core.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.balance.BalanceHistory.Order;
import io.walletsync.core.balance.BalanceHistory.Position;
import io.walletsync.core.balance.BalanceHistory.Query;
import io.walletsync.core.balance.RandomHistories.History;
import io.walletsync.core.wallet.RegistryPorts;
import io.walletsync.core.wallet.WalletId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What every adapter of {@link BalanceHistory} tells: for any facts and any two times, what a model
 * of a few lines says.
 */
public interface BalanceHistoryContract extends RegistryPorts {
  int WALLETS = 25;

  BalanceSnapshots snapshots();

  BalanceHistory history();

  @Test
  default void aWalletWithoutFactsHasNoHistory() {
    var wallet = registered().id();

    assertThat(history().at(Set.of(wallet), Examples.MORNING)).isEmpty();
    assertThat(history().changes(Set.of(wallet), BalanceHistory.BEGINNING, BalanceHistory.END))
        .isEmpty();
    assertThat(history().find(wallet, UUID.randomUUID())).isEmpty();
    assertThat(trace(wallet, BalanceHistory.BEGINNING, BalanceHistory.END)).isEmpty();
    assertThat(history().at(Set.of(), Examples.MORNING)).isEmpty();
  }

  @Test
  default void whatWasBelievedAboutAnyTimeAtAnyTimeIsWhatTheModelSays() {
    var all = kept(1);
    for (var at = -1; at <= RandomHistories.SECONDS + 5; at++) {
      for (var knownAt = -1; knownAt <= RandomHistories.SECONDS + 5; knownAt++) {
        var time = RandomHistories.time(at);
        var known = RandomHistories.time(knownAt);
        var expected = new HashMap<WalletId, UUID>();
        all.forEach(
            (id, one) -> believed(one, time, known).ifPresent(fact -> expected.put(id, fact)));

        var found = history().at(all.keySet(), time, known);

        assertThat(ids(found)).as("at %d, known at %d", at, knownAt).isEqualTo(expected);
      }
    }
  }

  @Test
  default void whatIsKnownTodayNeedsNoSecondTime() {
    var all = kept(2);
    var last = RandomHistories.time(2 * RandomHistories.SECONDS);

    var found = history().at(all.keySet(), last);

    assertThat(ids(found))
        .isEqualTo(
            all.values().stream()
                .filter(one -> !one.snapshots().isEmpty())
                .collect(
                    Collectors.toMap(
                        one -> one.wallet().id(), one -> one.snapshots().getLast().snapshotId())));
  }

  @Test
  default void pagesOfAnySizeInBothOrdersHoldEachFactOfThePeriodOnce() {
    for (var one : kept(3).values()) {
      var expected =
          Stream.concat(
                  one.snapshots().stream().map(s -> new Position(s.asOf(), s.snapshotId())),
                  one.lateReadings().stream()
                      .map(r -> new Position(r.observation().callStartedAt(), r.readingId())))
              .filter(place -> !place.time().isBefore(RandomHistories.time(2)))
              .filter(place -> place.time().isBefore(RandomHistories.time(9)))
              .sorted(
                  Comparator.comparing(Position::time)
                      .thenComparing(place -> place.id().toString()))
              .toList();

      assertThat(walk(one, Order.OLDEST_FIRST, 2)).isEqualTo(expected);
      assertThat(walk(one, Order.NEWEST_FIRST, 1)).isEqualTo(expected.reversed());
      assertThat(walk(one, Order.NEWEST_FIRST, 100)).isEqualTo(expected.reversed());
    }
  }

  @Test
  default void aFactComesBackAsItWasKept() {
    var one =
        kept(4).values().stream()
            .filter(it -> !it.snapshots().isEmpty() && !it.lateReadings().isEmpty())
            .findFirst()
            .orElseThrow();
    var wallet = one.wallet().id();

    var facts = history().page(everything(wallet)).items();

    assertThat(facts)
        .contains(new BalanceFact.Snapshot(one.snapshots().getFirst()))
        .contains(asFact(one.lateReadings().getFirst()));
    var snapshot = one.snapshots().getLast();
    assertThat(history().find(wallet, snapshot.snapshotId())).contains(snapshot);
    assertThat(history().find(registered().id(), snapshot.snapshotId())).isEmpty();
  }

  @Test
  default void snapshotsAreHandedOverFromASequenceOn() {
    for (var one : kept(9).values()) {
      var all = one.snapshots();
      for (var from = 1; from <= all.size() + 1; from++) {
        var rest = all.subList(from - 1, all.size());
        assertThat(history().snapshots(one.wallet().id(), from, 100)).isEqualTo(rest);
        assertThat(history().snapshots(one.wallet().id(), from, 2))
            .isEqualTo(rest.subList(0, Math.min(2, rest.size())));
      }
    }
  }

  @Test
  default void aTraceBeginsWithTheStateInWhichThePeriodIsEntered() {
    for (var one : kept(5).values()) {
      for (var from = 0; from < RandomHistories.SECONDS; from++) {
        var begin = RandomHistories.time(from);
        var end = RandomHistories.time(from + 4);
        var entered =
            one.snapshots().stream()
                .filter(s -> s.asOf().isBefore(begin))
                .reduce((_, later) -> later);
        var expected =
            one.snapshots().stream()
                .filter(s -> s.asOf().isBefore(end))
                .filter(s -> s.sequence() >= entered.map(e -> e.sequence()).orElse(1L))
                .map(s -> new BalancePoint(s.sequence(), s.asOf(), amount(s)))
                .toList();

        assertThat(trace(one.wallet().id(), begin, end)).isEqualTo(expected);
      }
    }
  }

  @Test
  default void changesAreCountedWithoutTheFirstStateAndWithoutLateReadings() {
    var all = kept(6);
    for (var from = 0; from < RandomHistories.SECONDS; from++) {
      var begin = RandomHistories.time(from);
      var end = RandomHistories.time(from + 5);
      var expected = new HashMap<WalletId, Long>();
      all.forEach(
          (id, one) -> {
            if (one.snapshots().stream().anyMatch(s -> s.asOf().isBefore(end))) {
              expected.put(
                  id,
                  one.snapshots().stream()
                      .skip(1)
                      .filter(s -> !s.asOf().isBefore(begin) && s.asOf().isBefore(end))
                      .count());
            }
          });

      assertThat(history().changes(all.keySet(), begin, end)).isEqualTo(expected);
    }
  }

  /** Keeps random facts of some wallets. */
  private Map<WalletId, History> kept(long seed) {
    var random = new RandomHistories(seed);
    var connection = connected();
    return transactions()
        .inTransaction(
            () ->
                IntStream.range(0, WALLETS)
                    .mapToObj(i -> Examples.wallet(connection, "account-" + i, Examples.NGN))
                    .map(wallet -> keep(random.of(wallets().addOrLock(wallet))))
                    .collect(Collectors.toMap(one -> one.wallet().id(), one -> one)));
  }

  private History keep(History one) {
    snapshots().append(one.snapshots());
    snapshots().appendLate(one.lateReadings());
    return one;
  }

  /** The definition, fact by fact. */
  private static Optional<UUID> believed(History one, Instant at, Instant knownAt) {
    UUID best = null;
    Instant bestTime = null;
    for (var snapshot : one.snapshots()) {
      if (!snapshot.createdAt().isAfter(knownAt) && !snapshot.asOf().isAfter(at)) {
        best = snapshot.snapshotId();
        bestTime = snapshot.asOf();
      }
    }
    var late =
        one.lateReadings().stream()
            .sorted(Comparator.comparing(reading -> reading.readingId().toString()))
            .toList();
    for (var reading : late) {
      var started = reading.observation().callStartedAt();
      var stands = !started.isAfter(at) && at.isBefore(reading.standsUntil());
      var known = !reading.recordedAt().isAfter(knownAt);
      if (stands && known && isNewer(started, bestTime, best, one)) {
        best = reading.readingId();
        bestTime = started;
      }
    }
    return Optional.ofNullable(best);
  }

  /** Of two late readings with one time the one with the greater id; a snapshot before both. */
  private static boolean isNewer(
      Instant started, @Nullable Instant bestTime, @Nullable UUID best, History one) {
    return bestTime == null
        || started.isAfter(bestTime)
        || (started.equals(bestTime)
            && one.snapshots().stream().noneMatch(s -> s.snapshotId().equals(best)));
  }

  private List<Position> walk(History one, Order order, int limit) {
    var places = new ArrayList<Position>();
    var query =
        Query.first(
            one.wallet().id(), RandomHistories.time(2), RandomHistories.time(9), order, limit);
    while (true) {
      var page = history().page(query);
      page.items().forEach(fact -> places.add(Position.of(fact)));
      assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
      if (!page.hasMore()) {
        return places;
      }
      query = query.after(Objects.requireNonNull(places.getLast()));
    }
  }

  private static Query everything(WalletId wallet) {
    return Query.first(
        wallet, BalanceHistory.BEGINNING, BalanceHistory.END, Order.NEWEST_FIRST, 100);
  }

  private List<BalancePoint> trace(WalletId wallet, Instant from, Instant to) {
    var points = new ArrayList<BalancePoint>();
    history().trace(wallet, from, to, points::add);
    return points;
  }

  private static Map<WalletId, UUID> ids(Map<WalletId, BalanceFact> facts) {
    return facts.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().id()));
  }

  private static BigDecimal amount(WalletBalanceSnapshot snapshot) {
    return snapshot.balance().available().amount();
  }

  private static BalanceFact asFact(LateReading reading) {
    var seen = reading.observation();
    return new BalanceFact.Late(
        reading.readingId(),
        seen.wallet(),
        seen.balance(),
        seen.externalId(),
        seen.providerTime(),
        seen.callStartedAt(),
        seen.observedAt(),
        seen.source(),
        seen.metadata(),
        reading.standsUntil(),
        reading.recordedAt());
  }
}
