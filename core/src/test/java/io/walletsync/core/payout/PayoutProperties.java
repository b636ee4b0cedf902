package io.walletsync.core.payout;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Any payouts, readings and movements in any order, against the money that is really there. */
final class PayoutProperties {
  private static final int TRIES = 600;

  /** What happens; {@code which} counts the payouts for which it can happen. */
  sealed interface Step {
    /** Somebody pays in. */
    record TopUp(int amount) implements Step {}

    /** A new payout is asked for. */
    record Ask(int amount, boolean old) implements Step {}

    /** The payout leaves the provider, whether that was said yet or not. */
    record Leave(int which) implements Step {}

    record Confirm(int which) implements Step {}

    /** It leaves, and that is said at once. */
    record Send(int which) implements Step {}

    /** It did not leave, and will not. */
    record Fail(int which) implements Step {}

    /** It left and will come back: so somebody releases it. */
    record Bounce(int which) implements Step {}

    /** What bounced comes back. */
    record Return(int which) implements Step {}

    record Read() implements Step {}

    record Import() implements Step {}

    record Wait(int seconds) implements Step {}
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void neverIsMorePromisedThanThereIs(@ForAll("steps") List<Step> steps) {
    var run = new Run();
    for (var step : steps) {
      run.take(step);

      assertThat(run.promised()).as("after " + step).isLessThanOrEqualTo(run.money);
    }
  }

  /** Whatever happened, what it says is free is there, beside all that is still to leave. */
  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void neverIsMoreFreeThanThereIs(@ForAll("steps") List<Step> steps) {
    var run = new Run();
    run.take(new Step.TopUp(12));
    steps.forEach(run::take);

    assertThat(run.free()).isLessThanOrEqualTo(run.money - run.promised());
  }

  /**
   * The first's fall counts for the second, the third's for the first: the third is in question.
   */
  @Example
  void oneThatTookThePlaceOfAnotherDoesNotFreeTheThird() {
    neverIsMoreFreeThanThereIs(
        List.of(
            new Step.Ask(1, true),
            new Step.Ask(1, true),
            new Step.Leave(0),
            new Step.Ask(1, false),
            new Step.Leave(1),
            new Step.Ask(1, false),
            new Step.TopUp(13),
            new Step.Import(),
            new Step.Confirm(1),
            new Step.Confirm(0),
            new Step.Ask(1, true),
            new Step.Wait(90)));
  }

  /** What was counted at a later fall may have left in an earlier one that money hid. */
  @Example
  void whatALateFallWasCountedForMayHaveLeftInAnEarlierOne() {
    neverIsMoreFreeThanThereIs(
        List.of(
            new Step.Ask(1, true),
            new Step.TopUp(1),
            new Step.Ask(1, true),
            new Step.Ask(2, true),
            new Step.Leave(2),
            new Step.Leave(0),
            new Step.Ask(1, false),
            new Step.Ask(1, true),
            new Step.Leave(1),
            new Step.Leave(1),
            new Step.Confirm(0),
            new Step.Ask(1, false),
            new Step.TopUp(6),
            new Step.Import(),
            new Step.Confirm(1),
            new Step.Ask(1, true),
            new Step.Confirm(0),
            new Step.Wait(55)));
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void whereNothingIsPaidInWhatHasLeftIsSetAsideNoLonger(@ForAll("plain") List<Step> steps) {
    var run = new Run();
    run.take(new Step.TopUp(20));
    for (var step : steps) {
      run.take(step);
    }
    run.payouts.stream().filter(it -> it.left).forEach(run::confirm);
    run.take(new Step.Import());
    run.take(new Step.Wait(90));
    run.take(new Step.Read());
    var free = run.world.ask("at the end", "1", false, Duration.ofMinutes(1)).free();

    assertThat(requireNonNull(free).value().intValueExact()).isEqualTo(run.money - run.promised());
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Arbitraries.frequencyOf(
            Tuple.of(2, Arbitraries.integers().between(1, 6).map(Step.TopUp::new)),
            Tuple.of(6, asks()),
            Tuple.of(5, which(Step.Leave::new)),
            Tuple.of(5, which(Step.Confirm::new)),
            Tuple.of(2, which(Step.Fail::new)),
            Tuple.of(1, which(Step.Bounce::new)),
            Tuple.of(1, which(Step.Return::new)),
            Tuple.of(4, Arbitraries.just((Step) new Step.Read())),
            Tuple.of(2, Arbitraries.just((Step) new Step.Import())),
            Tuple.of(3, Arbitraries.integers().between(1, 120).map(Step.Wait::new)))
        .list()
        .ofMinSize(5)
        .ofMaxSize(40);
  }

  /** Nobody pays in, and nothing comes back. */
  @Provide
  Arbitrary<List<Step>> plain() {
    return Arbitraries.frequencyOf(
            Tuple.of(6, asks()),
            Tuple.of(5, which(Step.Leave::new)),
            Tuple.of(5, which(Step.Send::new)),
            Tuple.of(4, Arbitraries.just((Step) new Step.Read())),
            Tuple.of(2, Arbitraries.just((Step) new Step.Import())))
        .list()
        .ofMaxSize(40);
  }

  private static Arbitrary<Step> asks() {
    return Combinators.combine(Arbitraries.integers().between(1, 5), Arbitraries.of(true, false))
        .as(Step.Ask::new);
  }

  private static Arbitrary<Step> which(IntFunction<Step> step) {
    return Arbitraries.integers().between(0, 3).map(step::apply);
  }

  /** A payout as the business and the provider know it. */
  private static final class Payout {
    final String reference;
    final int amount;
    boolean left;
    boolean isConfirmed;
    boolean isOver;
    boolean mayReturn;
    boolean isListed;

    Payout(String reference, int amount) {
      this.reference = reference;
      this.amount = amount;
    }
  }

  private static final class Run {
    private final PayoutWorld world = new PayoutWorld();
    private final List<Payout> payouts = new ArrayList<>();
    private int asked;
    private int money;

    Run() {
      tell();
    }

    void take(Step step) {
      switch (step) {
        case Step.TopUp(var amount) -> money += amount;
        case Step.Ask(var amount, var old) -> ask(amount, old);
        case Step.Leave(var which) ->
            nth(which, it -> !it.left && !it.isOver)
                .forEach(
                    it -> {
                      it.left = true;
                      money -= it.amount;
                    });
        case Step.Send(var which) ->
            nth(which, it -> !it.left && !it.isConfirmed && !it.isOver)
                .forEach(
                    it -> {
                      it.left = true;
                      money -= it.amount;
                      confirm(it);
                    });
        case Step.Confirm(var which) ->
            nth(which, it -> !it.isConfirmed && !it.isOver).forEach(this::confirm);
        case Step.Fail(var which) ->
            nth(which, it -> !it.left && !it.isOver).forEach(this::release);
        case Step.Bounce(var which) ->
            nth(which, it -> it.left && it.isConfirmed && !it.isOver)
                .forEach(
                    it -> {
                      it.mayReturn = true;
                      bounce(it);
                    });
        case Step.Return(var which) ->
            nth(which, it -> it.mayReturn)
                .forEach(
                    it -> {
                      it.mayReturn = false;
                      money += it.amount;
                    });
        case Step.Read() -> {
          tell();
          world.read();
        }
        case Step.Import() ->
            payouts.stream().filter(it -> it.left && !it.isListed).forEach(this::list);
        case Step.Wait(var seconds) -> world.tick(seconds);
      }
      tell();
    }

    private void tell() {
      world.has(Integer.toString(money));
    }

    private void ask(int amount, boolean old) {
      var reference = "payout " + asked++;
      var answer =
          world.ask(
              reference, Integer.toString(amount), true, old ? CheckPayout.OLDEST : Duration.ZERO);
      if (answer.canPay()) {
        payouts.add(new Payout(reference, amount));
      }
    }

    void confirm(Payout payout) {
      world.confirm(payout.reference);
      payout.isConfirmed = true;
    }

    private void release(Payout payout) {
      world.release(payout.reference, true);
      payout.isOver = true;
    }

    /** Where it is in question it stays as it is. */
    private void bounce(Payout payout) {
      payout.isOver =
          !(world.release(payout.reference) instanceof ReleasePayout.Outcome.InQuestion);
    }

    private void list(Payout payout) {
      payout.isListed = true;
      world.tick(1);
      world.movement(payout.reference, payout.reference, "-" + payout.amount);
    }

    private Stream<Payout> nth(int which, Predicate<Payout> matches) {
      return payouts.stream().filter(matches).skip(which).limit(1).toList().stream();
    }

    /** By the newest balance. */
    int free() {
      var answer = world.ask("at the end", "1", false, Duration.ZERO);
      return requireNonNull(answer.free()).value().intValueExact();
    }

    /** What was promised and is still to be paid. */
    int promised() {
      return payouts.stream().filter(it -> !it.left && !it.isOver).mapToInt(it -> it.amount).sum();
    }
  }
}
