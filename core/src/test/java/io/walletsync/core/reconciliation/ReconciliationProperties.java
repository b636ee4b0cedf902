package io.walletsync.core.reconciliation;

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
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** Any readings and statements in any order against a model of a few lines. */
final class ReconciliationProperties {
  private static final int TRIES = 250;

  /** What happens; few seconds and amounts, so that they meet often. */
  sealed interface Step {
    /** The provider is asked so many seconds after the reading before, and says so much. */
    record Read(int later, int amount) implements Step {}

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
      run.take(step, true);
      model.take(step);
    }

    assertThat(run.told()).isEqualTo(model.told());
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void whenItIsLookedAtMakesNoDifference(@ForAll("uncorrected") List<Step> steps) {
    var often = new Run();
    var once = new Run();
    for (var step : steps) {
      often.take(step, true);
      once.take(step, false);
    }
    once.world.tick();

    assertThat(once.told()).isEqualTo(often.told());
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void aDriftThatWasFoundIsNeverErased(@ForAll("steps") List<Step> steps) {
    var run = new Run();
    var found = new ArrayList<Reconciliation>();
    for (var step : steps) {
      run.take(step, true);
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
            Tuple.of(3, reads()), Tuple.of(4, says()), Tuple.of(1, accepts()))
        .list()
        .ofMaxSize(25);
  }

  /** Each second is spoken of once. */
  @Provide
  Arbitrary<List<Step>> uncorrected() {
    return Arbitraries.frequencyOf(Tuple.of(3, reads()), Tuple.of(4, says()))
        .list()
        .ofMaxSize(25)
        .uniqueElements(step -> step instanceof Step.Say said ? said.second() : step);
  }

  private static Arbitrary<Step> reads() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 4), Arbitraries.integers().between(1, 4))
        .as(Step.Read::new);
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

    void take(Step step, boolean look) {
      switch (step) {
        case Step.Read(var later, var amount) -> {
          second += later;
          world.read(wallet, second, Integer.toString(amount));
          if (look) {
            world.tick();
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
              : comparison.unexplained().value().intValueExact());
    }
  }

  /** One wallet in a few lines: its balance at every second, up to the last reading. */
  private static final class Model {
    private final List<Integer> balances = new ArrayList<>();
    private final List<Told> told = new ArrayList<>();
    private final List<Step.Say> said = new ArrayList<>();

    void take(Step step) {
      switch (step) {
        case Step.Read(var later, var amount) -> {
          var known = balances.isEmpty() ? null : balances.getLast();
          // the first reading is made at its second: the list begins with second 0
          for (var i = balances.isEmpty() ? 0 : 1; i < later; i++) {
            balances.add(known);
          }
          balances.add(amount);
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
      look();
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

    private void compare(int i, Step.Say say) {
      var lastKnown = balances.size() - 1;
      if (say.second() > lastKnown) {
        return;
      }
      var atStart = balances.get(say.second());
      Integer nearest = null;
      for (var s = say.second(); s <= Math.min(lastKnown, say.second() + say.lag()); s++) {
        var balance = balances.get(s);
        if (balance != null
            && (nearest == null
                || (Math.abs(nearest - say.amount()) > say.tolerance()
                    && Math.abs(balance - say.amount()) < Math.abs(nearest - say.amount())))) {
          nearest = balance;
        }
      }
      var drift = atStart == null ? null : atStart - say.amount();
      var left = nearest == null ? null : nearest - say.amount();
      var revision = told.get(i).revision();
      if (left != null && Math.abs(left) <= say.tolerance()) {
        told.set(i, new Told(say.second(), revision, State.AGREED, drift, left));
      } else if (lastKnown >= say.second() + say.lag()) {
        told.set(
            i,
            drift == null
                ? new Told(say.second(), revision, State.UNKNOWN, null, null)
                : new Told(say.second(), revision, State.OPEN, drift, left));
      }
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
