package io.walletsync.core.movement;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.balance.BalanceHistory;
import io.walletsync.core.money.Money;
import io.walletsync.core.movement.MovementFeed.Row;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.Visibility;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * A chain of movements, of which the provider shows some, is cut into any pages in any order with
 * repeats, while nodes die: what is kept, the holes and the remainders are those of a simple model.
 */
class MovementImportProperties {
  private static final int SECONDS_APART = 60;

  @Property(tries = 150)
  void eachShownMovementIsKeptOnceAndWhatIsMissingIsAHole(
      @ForAll @Size(min = 1, max = 25) List<Boolean> shown,
      @ForAll @Size(max = 8) List<Boolean> deaths,
      @ForAll @IntRange(min = 1, max = 4) int pagesOfARound,
      @ForAll long seed) {
    var chain = TrueChain.of(shown, SECONDS_APART, new Random(seed));
    var fixture = new MovementFixture(pagesOfARound);
    fixture.feed.lists(chain.pages());
    fixture.feed.kills(deaths);

    fixture.fetchToTheEnd();

    assertThat(fixture.kept())
        .extracting(ProviderMovement::key)
        .containsExactlyElementsOf(chain.shownKeys());
    assertThat(holes(fixture)).isEqualTo(chain.holes());
    assertThat(fixture.storage.movementFindings().figures().holes())
        .isEqualTo(chain.holes().size());

    // and again, in other pages: nothing comes new and nothing changes
    fixture.feed.lists(chain.pages());
    fixture.fetchToTheEnd();
    assertThat(fixture.kept()).hasSize(chain.shownKeys().size());
    assertThat(holes(fixture)).isEqualTo(chain.holes());

    // what was missing comes late: the holes close
    chain.showAll();
    fixture.feed.lists(chain.pages());
    fixture.fetchToTheEnd();
    assertThat(fixture.kept()).hasSize(shown.size());
    assertThat(holes(fixture)).isEmpty();
  }

  @Property(tries = 150)
  void movementsOfOneMomentMakeAChainInWhateverOrderTheyCome(
      @ForAll @IntRange(min = 1, max = 25) int count,
      @ForAll @IntRange(min = 0, max = 1) int secondsApart,
      @ForAll long seed) {
    var chain = TrueChain.of(Collections.nCopies(count, true), secondsApart, new Random(seed));
    var fixture = new MovementFixture(3);
    fixture.feed.lists(chain.pages());

    fixture.fetchToTheEnd();

    assertThat(fixture.kept()).hasSize(count);
    assertThat(holes(fixture)).isEmpty();
  }

  @Property(tries = 150)
  void theRemainderOfAChangeIsWhatIsMissingInItThoughTheClocksDiffer(
      @ForAll @Size(min = 2, max = 25) List<Boolean> shown,
      @ForAll @Size(max = 12) List<@IntRange(min = 0, max = 25) Integer> places,
      @ForAll long seed) {
    var random = new Random(seed);
    var chain = TrueChain.of(shown, SECONDS_APART, random);
    var fixture = new MovementFixture(3);
    fixture.feed.lists(chain.pages());
    var taken = new ArrayList<Integer>();
    for (var place : new TreeSet<>(places)) {
      // far enough from the last one that clocks which differ do not turn them round
      if (place < shown.size() && (taken.isEmpty() || place - taken.getLast() > 1)) {
        var skew = shown.get(place) ? random.nextInt(101) - 50 : 0;
        taken.add(place);
        fixture.snapshot(
            taken.size(), chain.time(place).plusSeconds(skew), chain.balance(place).toString());
      }
    }

    fixture.fetchToTheEnd();

    var expected = new HashMap<Long, BigInteger>();
    for (var i = 1; i < taken.size(); i++) {
      expected.put(i + 1L, chain.missing(taken.get(i - 1), taken.get(i)));
    }
    assertThat(remainders(fixture)).isEqualTo(expected);
    var figures = fixture.storage.movementFindings().figures();
    var sum =
        expected.values().stream().map(BigInteger::abs).reduce(BigInteger.ZERO, BigInteger::add);
    assertThat(figures.unexplained().getOrDefault(Examples.NGN, BigDecimal.ZERO))
        .isEqualByComparingTo(new BigDecimal(sum));
    assertThat(figures.walletsUnexplained()).isEqualTo(sum.signum());
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void inHoweverManyRoundsTheyComeAHoleIsOnlyWhereNoOrderAvoidsOne(
      @ForAll("busySteps") List<BusyChain.Step> steps,
      @ForAll @Size(max = 5) List<@IntRange(min = 1, max = 20) Integer> cuts,
      @ForAll boolean isMissingAlone,
      @ForAll long seed) {
    var random = new Random(seed);
    var chain = BusyChain.of(steps, isMissingAlone, random);
    var fixture = new MovementFixture(3);
    var rounds = new TreeSet<>(cuts);
    rounds.removeIf(cut -> cut >= steps.size());
    rounds.add(steps.size());
    for (var round : rounds) {
      fetch(fixture, chain, round, random);
      var found = (long) holes(fixture).size();
      // of several pieces of one second the order may be wrong; then a hole is there in any case
      var most = isMissingAlone ? chain.trueHoles(round) : Long.MAX_VALUE;
      var fewest = chain.fewestHoles(round);
      assertThat(found).isBetween(fewest, fewest == 0 ? 0 : most);
      var atOnce = new MovementFixture(3);
      fetch(atOnce, chain, round, random);
      assertThat(holes(fixture)).isEqualTo(holes(atOnce));
    }

    // what was missing comes late, and in some rounds as well
    for (var round : rounds) {
      fetch(fixture, chain.whole(), round, random);
    }
    assertThat(holes(fixture)).isEmpty();
  }

  private static void fetch(MovementFixture fixture, BusyChain chain, int ofFirst, Random random) {
    fixture.feed.lists(chain.pages(ofFirst, random));
    fixture.fetchToTheEnd();
  }

  @Provide
  Arbitrary<List<BusyChain.Step>> busySteps() {
    return Combinators.combine(
            Arbitraries.of(-2, -1, 1, 2),
            Arbitraries.frequency(Tuple.of(1, true), Tuple.of(1, false)),
            Arbitraries.frequency(Tuple.of(6, true), Tuple.of(1, false)))
        .as(BusyChain.Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(20);
  }

  private static Map<String, String> holes(MovementFixture fixture) {
    return fixture
        .storage
        .movementFindings()
        .holes(fixture.wallet.id(), null, 1000)
        .items()
        .stream()
        .collect(
            Collectors.toMap(
                hole -> hole.afterKey() + " to " + hole.beforeKey(),
                hole -> hole.amount().amount().toPlainString()));
  }

  private static Map<Long, BigInteger> remainders(MovementFixture fixture) {
    var explainChanges =
        new ExplainChanges(
            fixture.storage.wallets(),
            fixture.storage.history(),
            fixture.storage.movements(),
            fixture.storage.movementImports(),
            fixture.storage.movementFindings());
    var query =
        BalanceHistory.Query.first(
            fixture.wallet.id(),
            BalanceHistory.BEGINNING,
            BalanceHistory.END,
            BalanceHistory.Order.OLDEST_FIRST,
            100);
    var outcome =
        (ExplainChanges.Outcome.Explained)
            explainChanges.explain(new ExplainChanges.Command(Visibility.ALL, query, null));
    return outcome.changes().stream()
        .collect(
            Collectors.toMap(
                item -> item.change().sequence(),
                item -> item.change().unexplained().amount().toBigIntegerExact()));
  }

  /** All movements as they really were, each with a difference that no others add up to. */
  private record TrueChain(
      List<BigInteger> differences,
      List<Boolean> shown,
      List<Integer> names,
      int secondsApart,
      Random random) {
    static TrueChain of(List<Boolean> shown, int secondsApart, Random random) {
      var powers =
          new ArrayList<>(
              IntStream.range(0, shown.size())
                  .mapToObj(BigInteger.TWO::pow)
                  .map(power -> random.nextBoolean() ? power : power.negate())
                  .toList());
      Collections.shuffle(powers, random);
      // or the order of the keys would be that of the chain
      var names = new ArrayList<>(IntStream.range(0, shown.size()).boxed().toList());
      Collections.shuffle(names, random);
      return new TrueChain(powers, new ArrayList<>(shown), names, secondsApart, random);
    }

    void showAll() {
      shown.replaceAll(_ -> true);
    }

    Instant time(int place) {
      return Examples.MORNING.plusSeconds((long) place * secondsApart);
    }

    BigInteger balance(int place) {
      return sum(0, place);
    }

    private BigInteger sum(int from, int to) {
      return differences.subList(from, to + 1).stream().reduce(BigInteger.ZERO, BigInteger::add);
    }

    /** What is not shown behind one movement and up to another. */
    BigInteger missing(int after, int upTo) {
      return IntStream.rangeClosed(after + 1, upTo)
          .filter(i -> !shown.get(i))
          .mapToObj(differences::get)
          .reduce(BigInteger.ZERO, BigInteger::add);
    }

    List<String> shownKeys() {
      return places().stream().map(this::key).toList();
    }

    private List<Integer> places() {
      return IntStream.range(0, shown.size()).filter(shown::get).boxed().toList();
    }

    private String key(int place) {
      return "m%03d".formatted(names.get(place));
    }

    Map<String, String> holes() {
      var holes = new HashMap<String, String>();
      var places = places();
      for (var i = 1; i < places.size(); i++) {
        var missing = missing(places.get(i - 1), places.get(i));
        if (missing.signum() != 0) {
          holes.put(key(places.get(i - 1)) + " to " + key(places.get(i)), missing.toString());
        }
      }
      return holes;
    }

    /** Every shown movement at least once, in any order, some of them again and again. */
    List<List<Row>> pages() {
      var rows = new ArrayList<>(places().stream().map(this::row).toList());
      var again = rows.size();
      for (var i = 0; i < again; i++) {
        if (random.nextInt(3) == 0) {
          rows.add(rows.get(i));
        }
      }
      Collections.shuffle(rows, random);
      var pages = new ArrayList<List<Row>>();
      for (var from = 0; from < rows.size(); ) {
        var to = Math.min(rows.size(), from + 1 + random.nextInt(5));
        pages.add(List.copyOf(rows.subList(from, to)));
        from = to;
      }
      return pages;
    }

    private Row row(int place) {
      return new Row(
          key(place),
          time(place),
          money(differences.get(place)),
          money(balance(place)),
          null,
          null,
          null,
          Metadata.NONE);
    }

    private static Money money(BigInteger amount) {
      return new Money(new BigDecimal(amount), Examples.NGN);
    }
  }
}
