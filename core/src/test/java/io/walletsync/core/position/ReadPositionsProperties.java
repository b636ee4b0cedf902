package io.walletsync.core.position;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.MutableClock;
import io.walletsync.core.balance.Balance;
import io.walletsync.core.balance.LatestBalance;
import io.walletsync.core.balance.Source;
import io.walletsync.core.balance.WalletBalanceSnapshot;
import io.walletsync.core.memory.InMemoryStorage;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Money;
import io.walletsync.core.position.Position.By;
import io.walletsync.core.position.Position.Concern;
import io.walletsync.core.position.Position.Missing;
import io.walletsync.core.position.Position.Sum;
import io.walletsync.core.position.ReadPositions.Outcome;
import io.walletsync.core.position.WalletStandings.Filter;
import io.walletsync.core.wallet.Connection;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.BeforeTry;
import org.jspecify.annotations.Nullable;

/** Sums are exact however wallets are grouped, and no wallet is dropped from one without a word. */
final class ReadPositionsProperties {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final List<Connection> CONNECTIONS =
      List.of(Examples.connection(), Examples.connection(), Examples.connection(Examples.FINCRA));

  /** A wallet whose first balance is some minutes old, and the next one younger. */
  record Case(
      int connection,
      boolean cedi,
      @Nullable String owner,
      Wallet.Status status,
      @Nullable Long first,
      @Nullable Long second,
      @Nullable Long ledger,
      int minutes) {
    CurrencyCode currency() {
      return cedi ? Examples.GHS : Examples.NGN;
    }

    @Nullable Long newest() {
      return second == null ? first : second;
    }

    boolean isOpen() {
      return status != Wallet.Status.CLOSED;
    }
  }

  private InMemoryStorage storage = new InMemoryStorage(new MutableClock(NOW));

  @BeforeTry
  void nothingIsKept() {
    storage = new InMemoryStorage(new MutableClock(NOW));
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void sumsByAnyGroupingAgreeWithThePlainSum(
      @ForAll("cases") List<Case> cases, @ForAll Set<By> by) {
    cases.forEach(this::keep);
    var open = cases.stream().filter(Case::isOpen).toList();

    var positions = found(by, null);

    assertThat(total(positions, Position::available)).isEqualTo(sum(open, Case::newest));
    assertThat(total(positions, Position::ledger))
        .isEqualTo(sum(open, one -> one.newest() == null ? null : one.ledger()));
    assertThat(positions.stream().mapToLong(Position::expected).sum()).isEqualTo(open.size());
    assertThat(positions.stream().mapToLong(Position::counted).sum())
        .isEqualTo(open.stream().filter(one -> one.newest() != null).count());
    assertThat(positions)
        .allSatisfy(
            p ->
                assertThat(p.expected())
                    .isEqualTo(
                        p.counted() + p.leftOut().values().stream().mapToLong(n -> n).sum()));
    assertThat(positions).extracting(Position::group).doesNotHaveDuplicates();
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void sumsOfAPastTimeAreThoseOfWhatWasTrueThen(
      @ForAll("cases") List<Case> cases, @ForAll Set<By> by) {
    cases.forEach(this::keep);
    var then = NOW.minus(Duration.ofMinutes(30));
    // closed just now, so they were open then; the second balance came a minute ago
    var past = sum(cases, one -> one.first() == null || one.minutes() < 30 ? null : one.first());

    assertThat(total(found(by, then), Position::available)).isEqualTo(past);
  }

  @Example
  void whatIsNotKnownIsNeverAZero() {
    keep(new Case(0, false, null, Wallet.Status.ACTIVE, 5L, null, null, 1));
    keep(new Case(0, false, null, Wallet.Status.ACTIVE, 7L, null, 9L, 1));
    keep(new Case(0, true, null, Wallet.Status.ACTIVE, null, null, null, 1));

    var positions = found(Set.of(), null);

    assertThat(positions)
        .extracting(p -> p.group().currency())
        .containsExactly(Examples.GHS, Examples.NGN);
    assertThat(positions.getFirst().available().known()).isEmpty();
    assertThat(positions.getFirst().leftOut()).isEqualTo(Map.of(Missing.NO_BALANCE_YET, 1L));
    assertThat(positions.getFirst().oldestConfirmation()).isNull();
    assertThat(positions.getLast().available()).isEqualTo(new Sum(BigDecimal.valueOf(12), 2));
    assertThat(positions.getLast().ledger()).isEqualTo(new Sum(BigDecimal.valueOf(9), 1));
    assertThat(positions.getLast().locked().known()).isEmpty();
  }

  @Example
  void whatIsStaleOrPausedIsCountedAndSaidOrSpoilsTheAnswer() {
    keep(new Case(0, false, null, Wallet.Status.ACTIVE, 5L, null, null, 10));
    keep(new Case(0, false, null, Wallet.Status.PAUSED, 7L, null, null, 20));
    keep(new Case(0, false, null, Wallet.Status.CLOSED, 9L, null, null, 99));

    var marked = found(Set.of(), null, Duration.ofMinutes(15)).getFirst();

    assertThat(marked.available()).isEqualTo(new Sum(BigDecimal.valueOf(12), 2));
    assertThat(marked.concerns()).isEqualTo(Map.of(Concern.STALE, 1L, Concern.PAUSED, 1L));
    assertThat(marked.noted()).hasSize(1);
    assertThat(marked.oldestConfirmation()).isEqualTo(NOW.minus(Duration.ofMinutes(20)));
    assertThat(marked.newestConfirmation()).isEqualTo(NOW.minus(Duration.ofMinutes(10)));
    assertThat(read(Set.of(), null, Duration.ofMinutes(15), true))
        .isEqualTo(new Outcome.TooOld(1, 0));
    assertThat(read(Set.of(), null, Duration.ofMinutes(20), true))
        .isInstanceOf(Outcome.Found.class);
    keep(new Case(1, false, null, Wallet.Status.ACTIVE, null, null, null, 1));
    assertThat(read(Set.of(), null, Duration.ofMinutes(20), true))
        .isEqualTo(new Outcome.TooOld(0, 1));
  }

  @Example
  void ofManyWalletsWithConcernsTheFirstAreNamed() {
    for (var number = 0; number < 30; number++) {
      keep(new Case(0, false, null, Wallet.Status.PAUSED, 5L, null, null, 10));
    }

    var position = found(Set.of(), null).getFirst();

    assertThat(position.concerns()).isEqualTo(Map.of(Concern.PAUSED, 30L));
    assertThat(position.shown()).hasSize(20);
    assertThat(position.hasMoreNoted()).isTrue();
  }

  @Example
  void aTimeToComeHasNoPositions() {
    assertThat(read(Set.of(), NOW.plusNanos(1_000), null, false)).isEqualTo(new Outcome.NotYet());
  }

  private List<Position> found(Set<By> by, @Nullable Instant at) {
    return found(by, at, null);
  }

  private List<Position> found(Set<By> by, @Nullable Instant at, @Nullable Duration maxAge) {
    return ((Outcome.Found) read(by, at, maxAge, false)).positions();
  }

  private Outcome read(
      Set<By> by, @Nullable Instant at, @Nullable Duration maxAge, boolean refuse) {
    return new ReadPositions(
            storage.transactions(), storage.standings(), storage.closures(), storage.history())
        .read(
            new ReadPositions.Query(
                new Filter(Visibility.ALL, null, null, null, null), by, at, maxAge, refuse));
  }

  private static Map<CurrencyCode, Sum> total(
      List<Position> positions, Function<Position, Sum> part) {
    var totals = new TreeMap<CurrencyCode, Sum>();
    for (var position : positions) {
      var sum = part.apply(position);
      if (sum.wallets() > 0) {
        totals.merge(
            position.group().currency(),
            sum,
            (a, b) -> new Sum(a.amount().add(b.amount()), a.wallets() + b.wallets()));
      }
    }
    return totals;
  }

  private static Map<CurrencyCode, Sum> sum(
      List<Case> cases, Function<Case, @Nullable Long> amount) {
    return cases.stream()
        .filter(one -> amount.apply(one) != null)
        .collect(
            Collectors.groupingBy(
                Case::currency,
                TreeMap::new,
                Collectors.reducing(
                    Sum.NOTHING,
                    one ->
                        Sum.NOTHING.plus(
                            BigDecimal.valueOf(Objects.requireNonNull(amount.apply(one)))),
                    (a, b) -> new Sum(a.amount().add(b.amount()), a.wallets() + b.wallets()))));
  }

  private void keep(Case one) {
    var connection = CONNECTIONS.get(one.connection());
    var longAgo = NOW.minus(Duration.ofDays(1));
    var wallet =
        new Wallet(
            new WalletId(Examples.id()),
            connection.id(),
            connection.provider(),
            Examples.id().toString(),
            one.currency(),
            one.owner(),
            null,
            Metadata.NONE,
            one.status(),
            longAgo,
            NOW);
    storage
        .transactions()
        .inTransaction(
            () -> {
              storage.wallets().addOrLock(wallet);
              if (one.first() != null) {
                balance(wallet, 1, one.first(), one.ledger(), one.minutes());
              }
              if (one.first() != null && one.second() != null) {
                balance(wallet, 2, one.second(), one.ledger(), 0);
              }
              return wallet;
            });
  }

  private void balance(
      Wallet wallet, long sequence, long amount, @Nullable Long ledger, int minutes) {
    var time = NOW.minus(Duration.ofMinutes(minutes));
    var snapshot =
        new WalletBalanceSnapshot(
            Examples.id(),
            wallet.id(),
            sequence,
            wallet.provider(),
            new Balance(money(wallet, amount), ledger == null ? null : money(wallet, ledger), null),
            null,
            time,
            null,
            time,
            time,
            Source.API,
            null,
            Metadata.NONE,
            time);
    storage.snapshots().append(List.of(snapshot));
    storage.snapshots().setLatest(List.of(new LatestBalance(snapshot, time, time)));
  }

  private static Money money(Wallet wallet, long amount) {
    return new Money(BigDecimal.valueOf(amount), wallet.currency());
  }

  @Provide
  Arbitrary<List<Case>> cases() {
    var amounts = Arbitraries.longs().between(-1_000_000, 1_000_000);
    return Combinators.combine(
            Arbitraries.integers().between(0, CONNECTIONS.size() - 1),
            Arbitraries.of(true, false),
            Arbitraries.of("ada", "bola").injectNull(0.3),
            Arbitraries.of(Wallet.Status.class),
            amounts.injectNull(0.2),
            amounts.injectNull(0.5),
            amounts.injectNull(0.5),
            Arbitraries.integers().between(1, 60))
        .as(Case::new)
        .map(one -> one.first() == null ? none(one) : one)
        .list()
        .ofMaxSize(25);
  }

  private static Case none(Case one) {
    return new Case(
        one.connection(), one.cedi(), one.owner(), one.status(), null, null, null, one.minutes());
  }
}
