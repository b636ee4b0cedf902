package io.walletsync.core.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.MutableClock;
import io.walletsync.core.SequentialIds;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.memory.InMemoryStorage;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** What the history says after readings came in any order, late ones among them. */
final class BalanceHistoryProperties {
  private static final int SECONDS = 25;

  /** A reading that is recorded at least a second after the one before, and after it was there. */
  record Step(int start, int took, int amount, @Nullable Integer providerTime) {}

  private final Wallet wallet = Examples.wallet(Examples.connection());

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void nowIsAlwaysTheLatestBalance(@ForAll("steps") List<Step> steps) {
    var world = new World();

    for (var step : steps) {
      world.record(step);

      var latest = world.latest();
      assertThat(world.storage.history().at(Set.of(wallet.id()), world.clock.instant()))
          .containsEntry(wallet.id(), new BalanceFact.Snapshot(latest.snapshot()));
    }
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void whatWasBelievedIsWhatWasAnsweredAtThatTime(@ForAll("steps") List<Step> steps) {
    var world = new World();
    var answered = new HashMap<Instant, Map<Instant, @Nullable UUID>>();

    for (var step : steps) {
      world.record(step);
      answered.put(world.clock.instant(), world.answers(BalanceHistory.END));
    }

    answered.forEach(
        (knownAt, then) -> assertThat(world.answers(knownAt)).as("at %s", knownAt).isEqualTo(then));
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void aLateReadingStandsOnlyUntilTheYoungerCallThatOutdatedIt(@ForAll("steps") List<Step> steps) {
    var world = new World();
    var outdated = new HashMap<UUID, Instant>();

    for (var step : steps) {
      var known = world.storage.allLateReadings().size();
      var newest = world.newest();
      world.record(step);
      world.storage.allLateReadings().stream()
          .skip(known)
          .forEach(late -> outdated.put(late.readingId(), told(newest.orElseThrow())));
    }

    outdated.forEach(
        (late, told) -> {
          for (var second = -5; second < 2 * SECONDS; second++) {
            var at = Examples.MORNING.plusSeconds(second);
            if (!at.isBefore(told)) {
              assertThat(world.answer(at, BalanceHistory.END)).as("at %s", at).isNotEqualTo(late);
            }
          }
        });
  }

  /** From then on the newest balance was known to stand, by the call that last told it. */
  private static Instant told(LatestBalance newest) {
    var started = newest.confirmedByCallStartedAt();
    return newest.snapshot().asOf().isAfter(started) ? newest.snapshot().asOf() : started;
  }

  private final class World {
    private final MutableClock clock = new MutableClock(Examples.MORNING);
    private final InMemoryStorage storage = new InMemoryStorage(clock);
    private final RecordBalances recordBalances =
        new RecordBalances(
            storage.snapshots(),
            storage.quarantine(),
            new Settlements(List.of()),
            List.of(),
            storage.transactions(),
            new Auditor(storage.auditTrail(), new SequentialIds(1L << 16), clock),
            new SequentialIds(2L << 16));

    World() {
      storage.wallets().addOrLock(wallet);
    }

    void record(Step step) {
      var time = step.providerTime();
      var observation =
          ExampleObservation.of(wallet.id())
              .balance(Integer.toString(step.amount()))
              .providerTime(time == null ? null : Examples.MORNING.plusSeconds(time))
              .startedAfter(step.start())
              .took(Duration.ofSeconds(step.took()));
      var next = clock.instant().plusSeconds(1);
      var there = observation.observedAt();
      clock.set(next.isBefore(there) ? there : next);
      recordBalances.record(List.of(observation.observation()));
    }

    LatestBalance latest() {
      return newest().orElseThrow();
    }

    Optional<LatestBalance> newest() {
      return storage.snapshots().latest(wallet.id(), Visibility.ALL).orElseThrow().latest();
    }

    /** What stood at each second, as far as it was known. */
    Map<Instant, @Nullable UUID> answers(Instant knownAt) {
      var answers = new HashMap<Instant, @Nullable UUID>();
      for (var second = -5; second < 2 * SECONDS; second++) {
        var at = Examples.MORNING.plusSeconds(second);
        answers.put(at, answer(at, knownAt));
      }
      return answers;
    }

    @Nullable UUID answer(Instant at, Instant knownAt) {
      var fact = storage.history().at(Set.of(wallet.id()), at, knownAt).get(wallet.id());
      return fact == null ? null : fact.id();
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 12),
            Arbitraries.integers().between(0, 6),
            Arbitraries.integers().between(1, 4),
            Arbitraries.integers().between(-3, 18).injectNull(0.5))
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(12);
  }
}
