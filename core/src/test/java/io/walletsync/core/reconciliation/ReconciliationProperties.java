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
  static final int START = 3;

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
    var model = new ReconciliationModel();
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
}
