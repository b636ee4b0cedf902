package io.walletsync.core.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.MutableClock;
import io.walletsync.core.SequentialIds;
import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.audit.AuditTrail;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.balance.ExampleObservation.Attempt;
import io.walletsync.core.balance.Recorded.Verdict;
import io.walletsync.core.kernel.IdempotencyKey;
import io.walletsync.core.kernel.RequestKey;
import io.walletsync.core.memory.InMemoryStorage;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Any observations in any order against a model of a few lines. */
final class RecordBalancesProperties {
  private static final int TRIES = 500;
  private static final List<Wallet> WALLETS =
      List.of(Examples.wallet(Examples.connection()), Examples.wallet(Examples.connection()));
  private static final Actor ACTOR = Examples.actor();

  /**
   * One observation. Few amounts, names, keys and times, so that they meet often; times in seconds
   * after the morning.
   */
  record Step(
      int wallet,
      int start,
      int took,
      int amount,
      @Nullable Integer name,
      @Nullable Integer key,
      @Nullable Integer providerTime) {
    Observation observation() {
      var time = providerTime;
      var observation =
          ExampleObservation.of(WALLETS.get(wallet).id())
              .balance(Integer.toString(amount))
              .named(name == null ? null : "row-" + name)
              .providerTime(time == null ? null : Examples.MORNING.plusSeconds(time))
              .startedAfter(start)
              .took(Duration.ofSeconds(took))
              .by(Source.API, ACTOR, null);
      return key == null
          ? observation.observation()
          : observation.settling(attempt(key)).observation();
    }

    private static Attempt attempt(int key) {
      return new Attempt(
          new RequestKey(ACTOR.id(), new IdempotencyKey("key-" + key)), UUID.randomUUID());
    }

    Instant observedAt() {
      return Examples.MORNING.plusSeconds(start + took);
    }
  }

  /** All that is there afterwards; the snapshots of each wallet by themselves. */
  record Result(
      List<Recorded> recorded,
      List<List<WalletBalanceSnapshot>> snapshots,
      Set<UUID> lateReadings,
      List<Optional<LatestBalance>> latest,
      List<AuditEntry> auditEntries) {
    List<Verdict> verdicts() {
      return recorded.stream().map(answer -> ((Recorded.Answer) answer).verdict()).toList();
    }
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void theVerdictsAreThoseOfTheModel(@ForAll("steps") List<Step> steps) {
    var models = List.of(new Model(), new Model());

    var expected = steps.stream().map(step -> models.get(step.wallet()).judge(step)).toList();

    var result = recordOneByOne(steps);
    assertThat(result.verdicts()).isEqualTo(expected);
    for (var i = 0; i < WALLETS.size(); i++) {
      assertThat(result.snapshots().get(i))
          .extracting(Model.State::of)
          .isEqualTo(models.get(i).states);
    }
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void sequencesAreGaplessAndTimesGrow(@ForAll("steps") List<Step> steps) {
    var result = recordOneByOne(steps);

    for (var snapshots : result.snapshots()) {
      assertThat(snapshots)
          .extracting(WalletBalanceSnapshot::sequence)
          .isEqualTo(LongStream.rangeClosed(1, snapshots.size()).boxed().toList());
      for (var i = 1; i < snapshots.size(); i++) {
        assertThat(snapshots.get(i).asOf()).isAfter(snapshots.get(i - 1).asOf());
        assertThat(snapshots.get(i).callStartedAt())
            .isAfterOrEqualTo(snapshots.get(i - 1).callStartedAt());
        assertThat(snapshots.get(i).balance()).isNotEqualTo(snapshots.get(i - 1).balance());
      }
    }
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void nothingUniqueIsThereTwice(@ForAll("steps") List<Step> steps) {
    var result = recordOneByOne(steps);

    for (var snapshots : result.snapshots()) {
      assertThat(
              snapshots.stream()
                  .map(WalletBalanceSnapshot::externalId)
                  .filter(Objects::nonNull)
                  .toList())
          .doesNotHaveDuplicates();
      assertThat(
              snapshots.stream()
                  .map(WalletBalanceSnapshot::requestKey)
                  .filter(Objects::nonNull)
                  .toList())
          .doesNotHaveDuplicates();
    }
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void onlyWhatIsCreatedMakesASnapshotAndTheLastOneIsTheLatest(@ForAll("steps") List<Step> steps) {
    var result = recordOneByOne(steps);

    assertThat(result.verdicts().stream().filter(Verdict.CREATED::equals))
        .hasSameSizeAs(result.snapshots().stream().flatMap(List::stream).toList());
    assertThat(result.verdicts().stream().filter(Verdict.SUPERSEDED::equals))
        .hasSameSizeAs(result.lateReadings());
    for (var i = 0; i < WALLETS.size(); i++) {
      var snapshots = result.snapshots().get(i);
      assertThat(result.latest().get(i).map(LatestBalance::snapshot))
          .isEqualTo(snapshots.isEmpty() ? Optional.empty() : Optional.of(snapshots.getLast()));
    }
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void whatIsLateOrDuplicateMovesNothing(@ForAll("steps") List<Step> steps) {
    var world = new World();
    for (var step : steps) {
      var wallet = WALLETS.get(step.wallet());
      var before = world.latest(wallet);

      var answer = (Recorded.Answer) world.record(List.of(step)).getFirst();

      var after = world.latest(wallet).orElseThrow();
      assertThat(answer.snapshot()).isEqualTo(after.snapshot());
      assertThat(answer.confirmedAt()).isEqualTo(after.confirmedAt());
      switch (answer.verdict()) {
        case SUPERSEDED, DUPLICATE -> assertThat(before).contains(after);
        case UNCHANGED -> {
          assertThat(before.orElseThrow().snapshot()).isEqualTo(after.snapshot());
          assertThat(after.confirmedAt()).isAfterOrEqualTo(before.orElseThrow().confirmedAt());
        }
        case CREATED -> assertThat(after.snapshot().balance()).isEqualTo(balance(step));
        case QUARANTINED -> throw new AssertionError("nothing here is strange");
      }
    }
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void howObservationsAreBatchedMakesNoDifference(
      @ForAll("steps") List<Step> steps, @ForAll @Size(30) List<Boolean> cuts) {
    assertThat(record(steps, cuts)).isEqualTo(recordOneByOne(steps));
  }

  private static Balance balance(Step step) {
    return Examples.balance(Integer.toString(step.amount()));
  }

  private static Result recordOneByOne(List<Step> steps) {
    return record(steps, steps.stream().map(_ -> true).toList());
  }

  private static Result record(List<Step> steps, List<Boolean> cutAfter) {
    var world = new World();
    var recorded = new ArrayList<Recorded>();
    var batch = new ArrayList<Step>();
    for (var i = 0; i < steps.size(); i++) {
      batch.add(steps.get(i));
      if (cutAfter.get(i) || i == steps.size() - 1) {
        recorded.addAll(world.record(batch));
        batch.clear();
      }
    }
    return world.result(recorded);
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.frequency(Tuple.of(4, 0), Tuple.of(1, 1)),
            Arbitraries.integers().between(0, 12),
            Arbitraries.integers().between(0, 4),
            Arbitraries.integers().between(0, 2),
            Arbitraries.integers().between(0, 3).optional(0.6),
            Arbitraries.integers().between(0, 3).optional(0.3),
            Arbitraries.integers().between(-3, 18).optional(0.5))
        .as(
            (wallet, start, took, amount, name, key, time) ->
                new Step(
                    wallet,
                    start,
                    took,
                    amount,
                    name.orElse(null),
                    key.orElse(null),
                    time.orElse(null)))
        .list()
        .ofMaxSize(30);
  }

  /** One wallet in a few lines: its states, their names, the used keys, the newest start. */
  private static final class Model {
    record State(int amount, @Nullable Integer name, Instant asOf, @Nullable Integer time) {
      static State of(WalletBalanceSnapshot snapshot) {
        var id = snapshot.externalId();
        return new State(
            snapshot.balance().available().amount().intValueExact(),
            id == null ? null : Integer.valueOf(id.value().substring("row-".length())),
            snapshot.asOf(),
            seconds(snapshot.providerTime()));
      }

      private static @Nullable Integer seconds(@Nullable Instant time) {
        return time == null ? null : (int) Duration.between(Examples.MORNING, time).toSeconds();
      }

      boolean isNewerThan(State other) {
        return time != null && other.time != null && time > other.time;
      }
    }

    private final List<State> states = new ArrayList<>();
    private final Set<Integer> usedKeys = new HashSet<>();
    private int newestStart;

    Verdict judge(Step step) {
      var current = states.isEmpty() ? null : states.getLast();
      if (current != null && step.start() < newestStart) {
        return Verdict.SUPERSEDED;
      }
      var old = states.stream().filter(s -> isNamed(s, step)).findFirst().orElse(null);
      if (current != null
          && current.name() != null
          && old != null
          && old.amount() == step.amount()
          && !old.equals(current)
          && !old.isNewerThan(current)) {
        return Verdict.DUPLICATE;
      }
      var isUnchanged = current != null && current.amount() == step.amount();
      if (!isUnchanged && step.key() != null && !usedKeys.add(step.key())) {
        return Verdict.DUPLICATE;
      }
      newestStart = step.start();
      if (!isUnchanged) {
        states.add(
            new State(
                step.amount(),
                old == null ? step.name() : null,
                asOf(current, step),
                step.providerTime()));
      }
      return isUnchanged ? Verdict.UNCHANGED : Verdict.CREATED;
    }

    private static boolean isNamed(State state, Step step) {
      return step.name() != null && step.name().equals(state.name());
    }

    private static Instant asOf(@Nullable State current, Step step) {
      var earliest = current == null ? Instant.MIN : current.asOf().plusNanos(1_000);
      var time = step.providerTime();
      var said = time == null ? Instant.MAX : Examples.MORNING.plusSeconds(time);
      if (!said.isBefore(earliest) && !said.isAfter(step.observedAt())) {
        return said;
      }
      return step.observedAt().isBefore(earliest) ? earliest : step.observedAt();
    }
  }

  /** A storage with the two wallets, whose ids and times are the same in every run. */
  private static final class World {
    private final MutableClock clock = new MutableClock(Examples.MORNING.plusSeconds(3_600));
    private final InMemoryStorage storage = new InMemoryStorage(clock);
    private final RecordBalances recordBalances =
        new RecordBalances(
            storage.snapshots(),
            storage.quarantine(),
            new AllHeld(),
            List.of(),
            storage.transactions(),
            new Auditor(storage.auditTrail(), new SequentialIds(1L << 16), clock),
            new SequentialIds(2L << 16));

    World() {
      WALLETS.forEach(storage.wallets()::addOrLock);
    }

    List<Recorded> record(List<Step> batch) {
      return recordBalances.record(batch.stream().map(Step::observation).toList());
    }

    Optional<LatestBalance> latest(Wallet wallet) {
      return storage.snapshots().latest(wallet.id(), Visibility.ALL).orElseThrow().latest();
    }

    private List<WalletBalanceSnapshot> snapshots(Wallet wallet) {
      return storage.allSnapshots().stream()
          .filter(snapshot -> snapshot.walletId().equals(wallet.id()))
          .toList();
    }

    Result result(List<Recorded> recorded) {
      return new Result(
          recorded,
          WALLETS.stream().map(this::snapshots).toList(),
          storage.allLateReadings().stream()
              .map(LateReading::readingId)
              .collect(Collectors.toSet()),
          WALLETS.stream().map(this::latest).toList(),
          storage.auditTrail().page(new AuditTrail.Query(null, null, null, null, 100)).items());
    }
  }

  private static final class AllHeld implements Settlement {
    @Override
    public boolean settles(Completion completion) {
      return true;
    }

    @Override
    public Set<Completion> stillHeld(Collection<? extends Completion> completions) {
      return Set.copyOf(completions);
    }

    @Override
    public void settle(Map<Completion, Recorded> outcomes) {}
  }
}
