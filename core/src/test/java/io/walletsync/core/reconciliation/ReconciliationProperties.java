package io.walletsync.core.reconciliation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.reconciliation.Reconciliation.State;
import io.walletsync.core.reconciliation.Reconciliations.Query;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * A wallet whose money moves, of which some movements are listed and now and then a balance is
 * read, and statements about it in any order, against a model that knows only when somebody asked.
 */
final class ReconciliationProperties {
  private static final int TRIES = 400;
  private static final int START = 3;
  private static final int NEVER = -1;

  /** What happens; few seconds and amounts, so that they meet often. */
  sealed interface Step {
    /** The provider is asked so many seconds after the reading before. */
    record Read(int later) implements Step {}

    /** Half a second after the last reading money moves, and the provider's list may show it. */
    record Move(int amount, boolean isListed) implements Step {}

    /** The books say so. */
    record Say(int second, int amount, int tolerance, int lag) implements Step {}

    /** A person accepts one of the open ones. */
    record Accept(int which) implements Step {}
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void statesAndDriftsAreThoseOfTheModel(@ForAll("steps") List<Step> steps) {
    var run = new Run();
    var model = new Model();
    for (var step : steps) {
      run.take(step, 1);
      model.take(step);
    }

    assertThat(run.told()).isEqualTo(model.told());
    run.lookAgainLater();
    assertThat(run.told()).as("what is looked at again").isEqualTo(model.told());
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void explainedAndUnexplainedAddUpToTheDrift(@ForAll("steps") List<Step> steps) {
    var run = new Run();
    steps.forEach(step -> run.take(step, 1));

    for (var it : run.all()) {
      var comparison = it.comparison();
      if (comparison != null && comparison.drift() != null) {
        var unexplained = requireNonNull(comparison.unexplained());
        assertThat(comparison.drift().without(unexplained)).isEqualTo(comparison.explained());
      }
    }
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void howOftenItIsLookedAtBetweenReadingsMakesNoDifference(@ForAll("steps") List<Step> steps) {
    var often = new Run();
    var once = new Run();
    for (var step : steps) {
      often.take(step, 3);
      once.take(step, 1);
    }

    assertThat(once.told()).isEqualTo(often.told());
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void aDriftThatWasFoundIsNeverErased(@ForAll("steps") List<Step> steps) {
    var run = new Run();
    var found = new ArrayList<Reconciliation>();
    for (var step : steps) {
      run.take(step, 1);
      run.all().stream().filter(it -> it.state() == State.OPEN).forEach(found::add);
    }

    for (var before : found) {
      var now = run.world.now(before);
      assertThat(now.comparison()).isEqualTo(before.comparison());
      assertThat(now.expected()).isEqualTo(before.expected());
      assertThat(run.world.storage.reconciliations().comparisons(now))
          .containsExactly(before.comparison());
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Arbitraries.frequencyOf(
            Tuple.of(3, reads()), Tuple.of(3, moves()), Tuple.of(4, says()), Tuple.of(1, accepts()))
        .list()
        .ofMaxSize(30);
  }

  private static Arbitrary<Step> reads() {
    return Arbitraries.integers().between(1, 4).map(Step.Read::new);
  }

  private static Arbitrary<Step> moves() {
    return Combinators.combine(Arbitraries.of(-2, -1, 1, 2), Arbitraries.of(true, true, false))
        .as(Step.Move::new);
  }

  private static Arbitrary<Step> says() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 20),
            Arbitraries.integers().between(1, 4),
            Arbitraries.integers().between(0, 1),
            Arbitraries.integers().between(0, 5))
        .as(Step.Say::new);
  }

  private static Arbitrary<Step> accepts() {
    return Arbitraries.integers().between(0, 3).map(Step.Accept::new);
  }

  /** What both tell of one statement. */
  record Told(
      int second,
      int revision,
      State state,
      @Nullable Integer drift,
      @Nullable Integer unexplained) {}

  /** The real parts over the in-memory ports. */
  private static final class Run {
    private final ReconciliationWorld world = new ReconciliationWorld();
    private final Wallet wallet = world.wallet();
    private int second;
    private int balance = START;
    private int moved;

    void take(Step step, int looks) {
      world.clock.advance(Duration.ofMillis(10));
      switch (step) {
        case Step.Read(var later) -> {
          second += later;
          world.read(wallet, second, Integer.toString(balance));
          for (var i = 0; i < looks; i++) {
            world.tick();
          }
        }
        case Step.Move(var amount, var isListed) -> {
          balance += amount;
          moved++;
          if (isListed) {
            world.move(
                wallet,
                "row-" + moved,
                Examples.MORNING.plusSeconds(second).plusMillis(500).plusMillis(moved),
                Integer.toString(amount));
          }
        }
        case Step.Say(var at, var amount, var tolerance, var lag) ->
            world.expect(
                ReconciliationWorld.row(
                    wallet, at, Integer.toString(amount), Integer.toString(tolerance), lag));
        case Step.Accept(var which) ->
            all().stream()
                .filter(it -> it.state() == State.OPEN)
                .sorted(BY_STATEMENT)
                .skip(which)
                .findFirst()
                .ifPresent(it -> world.settle(it, SettleReconciliation.Decision.ACCEPT));
      }
    }

    void lookAgainLater() {
      world.clock.advance(Duration.ofMinutes(5));
      world.tick();
    }

    private static final Comparator<Reconciliation> BY_STATEMENT =
        Comparator.comparing((Reconciliation it) -> it.expected().asOf())
            .thenComparingInt(Reconciliation::revision);

    List<Reconciliation> all() {
      return world
          .storage
          .reconciliations()
          .page(new Query(Visibility.ALL, null, null, null, null, null, null, null, 1_000))
          .items();
    }

    List<Told> told() {
      return all().stream().sorted(BY_STATEMENT).map(Run::told).toList();
    }

    private static Told told(Reconciliation it) {
      var second = Duration.between(Examples.MORNING, it.expected().asOf());
      var comparison = it.comparison();
      return new Told(
          (int) second.toSeconds(),
          it.revision(),
          it.state(),
          comparison == null || comparison.drift() == null
              ? null
              : comparison.drift().value().intValueExact(),
          comparison == null || comparison.unexplained() == null
              ? null
              // of two that are as near either may be told
              : Math.abs(comparison.unexplained().value().intValueExact()));
    }
  }

  /**
   * One wallet in a few lines: what was told and listed when, and what was known when it was said.
   */
  private static final class Model {
    private final TreeMap<Integer, Integer> readings = new TreeMap<>();
    private final TreeMap<Integer, List<Integer>> listed = new TreeMap<>();
    private final List<Told> told = new ArrayList<>();
    private final List<Step.Say> said = new ArrayList<>();
    private final List<Integer> knownWhenSaid = new ArrayList<>();
    private int second;
    private int balance = START;

    void take(Step step) {
      switch (step) {
        case Step.Read(var later) -> {
          second += later;
          readings.put(second, balance);
        }
        case Step.Move(var amount, var isListed) -> {
          balance += amount;
          if (isListed) {
            listed.computeIfAbsent(second, _ -> new ArrayList<>()).add(amount);
          }
        }
        case Step.Say say -> say(say);
        case Step.Accept(var which) ->
            told.stream()
                .filter(it -> it.state() == State.OPEN)
                .sorted(ORDER)
                .skip(which)
                .findFirst()
                .ifPresent(it -> set(told.indexOf(it), it, State.ACCEPTED));
      }
      if (!(step instanceof Step.Move)) {
        look();
      }
    }

    private void say(Step.Say say) {
      var earlier = new ArrayList<Integer>();
      for (var i = 0; i < said.size(); i++) {
        if (said.get(i).second() == say.second()) {
          earlier.add(i);
        }
      }
      if (earlier.stream().anyMatch(i -> said.get(i).equals(say))) {
        return;
      }
      for (var i : earlier) {
        var state = told.get(i).state();
        if (state == State.PENDING || state == State.OPEN) {
          set(i, told.get(i), State.RESOLVED);
        }
      }
      said.add(say);
      knownWhenSaid.add(lastKnown());
      told.add(new Told(say.second(), earlier.size() + 1, State.PENDING, null, null));
    }

    private void look() {
      for (var i = 0; i < said.size(); i++) {
        if (told.get(i).state() == State.PENDING) {
          compare(i, said.get(i));
        }
      }
      for (var i = 0; i < said.size(); i++) {
        if (told.get(i).state() == State.OPEN && isFollowedByAgreement(told.get(i))) {
          set(i, told.get(i), State.RESOLVED);
        }
      }
    }

    private int lastKnown() {
      return readings.isEmpty() ? NEVER : readings.lastKey();
    }

    private void compare(int i, Step.Say say) {
      var end = say.second() + say.lag();
      if (lastKnown() < say.second()) {
        return;
      }
      // where somebody waited for it, the first answer from the end of the lag on decides
      var next = readings.ceilingKey(end);
      var isWaitedFor = knownWhenSaid.get(i) < end;
      var start = readings.floorEntry(say.second());
      var last = isWaitedFor && readings.lowerKey(end) != null && next != null ? next : end;
      var candidates = new ArrayList<Integer>();
      if (start != null) {
        candidates.add(start.getValue() - say.amount());
      }
      readings
          .subMap(say.second(), false, Math.max(last, say.second()), true)
          .values()
          .forEach(balance -> candidates.add(balance - say.amount()));
      var agreeing =
          candidates.stream().filter(left -> Math.abs(left) <= say.tolerance()).findFirst();
      var drift = start == null ? null : start.getValue() - say.amount();
      var revision = told.get(i).revision();
      if (agreeing.isPresent()) {
        told.set(
            i, new Told(say.second(), revision, State.AGREED, drift, Math.abs(agreeing.get())));
      } else if (lastKnown() >= end) {
        told.set(
            i,
            start == null
                ? new Told(say.second(), revision, State.UNKNOWN, null, null)
                : new Told(
                    say.second(),
                    revision,
                    State.OPEN,
                    drift,
                    left(say, since(i, say), start.getValue(), last, candidates)));
      }
    }

    /**
     * Since when movements count: since the balance was told first; or since it was told again, as
     * far as that is known: for how long a balance that was over was told is not kept.
     */
    private int since(int i, Step.Say say) {
      var standing = readings.floorEntry(say.second());
      var first = standing.getKey();
      while (readings.lowerKey(first) != null
          && readings.lowerEntry(first).getValue().equals(standing.getValue())) {
        first = readings.lowerKey(first);
      }
      var since = first;
      for (var told : List.of(knownBefore(i, say), lastKnown())) {
        var isSame =
            told >= first
                && readings.subMap(first, told + 1).values().stream()
                    .allMatch(standing.getValue()::equals);
        since = isSame ? Math.max(since, Math.min(told, say.second())) : since;
      }
      return since;
    }

    /** Up to when it was known at the look before the one that decides. */
    private int knownBefore(int i, Step.Say say) {
      var before = readings.lowerKey(say.second() + say.lag());
      return knownWhenSaid.get(i) < say.second() + say.lag() && before != null
          ? before
          : knownWhenSaid.get(i);
    }

    /** How near it came, by what was told or by what was listed since the balance at the moment. */
    private int left(Step.Say say, int since, int balance, int last, List<Integer> candidates) {
      var sum = balance - say.amount();
      var all = new ArrayList<>(candidates);
      for (var at : listed.tailMap(since).entrySet()) {
        for (var amount : at.getValue()) {
          // half a second later than the second that it is kept under
          if (at.getKey() < say.second()) {
            sum += amount;
          } else if (at.getKey() < last) {
            all.add(sum);
            sum += amount;
          }
        }
      }
      all.add(sum);
      // the first that is near enough, or else the nearest
      return all.stream()
          .mapToInt(Math::abs)
          .filter(left -> left <= say.tolerance())
          .findFirst()
          .orElseGet(() -> all.stream().mapToInt(Math::abs).min().orElseThrow());
    }

    private boolean isFollowedByAgreement(Told open) {
      return told.stream()
          .anyMatch(
              it ->
                  it.state() == State.AGREED
                      && it.second() > open.second()
                      && told.stream()
                          .noneMatch(
                              later ->
                                  later.second() == it.second()
                                      && later.revision() > it.revision()));
    }

    private void set(int i, Told it, State state) {
      told.set(i, new Told(it.second(), it.revision(), state, it.drift(), it.unexplained()));
    }

    private static final Comparator<Told> ORDER =
        Comparator.comparingInt(Told::second).thenComparingInt(Told::revision);

    List<Told> told() {
      return told.stream().sorted(ORDER).toList();
    }
  }
}
