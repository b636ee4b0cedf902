package io.walletsync.core.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.MutableClock;
import io.walletsync.core.analytics.AnalyzeBalance.Outcome;
import io.walletsync.core.analytics.CountChanges.By;
import io.walletsync.core.analytics.CountChanges.Count;
import io.walletsync.core.balance.Source;
import io.walletsync.core.balance.WalletBalanceSnapshot;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.memory.InMemoryStorage;
import io.walletsync.core.wallet.Connection;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.RegistryPorts;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.core.wallet.Wallets;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is said of a period, and what is not: never of the future, never a zero for the unknown. */
final class AnalyzeBalanceTest implements RegistryPorts {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final MutableClock clock = new MutableClock(NOON);
  private final InMemoryStorage storage = new InMemoryStorage(clock);
  private final AnalyzeBalance analyzeBalance =
      new AnalyzeBalance(storage.snapshots(), storage.history());
  private final CountChanges countChanges = new CountChanges(wallets(), storage.history(), clock);

  @Override
  public Transactions transactions() {
    return storage.transactions();
  }

  @Override
  public Connections connections() {
    return storage.connections();
  }

  @Override
  public Wallets wallets() {
    return storage.wallets();
  }

  @Test
  void beforeTheFirstSnapshotNothingIsKnown() {
    var wallet = registered();
    at(wallet, 1, NOON.minus(Duration.ofHours(2)), "100");
    at(wallet, 2, NOON.minus(Duration.ofMinutes(90)), "200");

    var found = analyzed(wallet, NOON.minus(Duration.ofHours(4)), NOON);

    assertThat(found.buckets())
        .extracting(bucket -> bucket.figures() != null)
        .containsExactly(false, false, true, true);
    assertThat(found.buckets())
        .extracting(Bucket::carried)
        .containsExactly(false, false, false, true);
    var first = found.buckets().get(2).figures();
    assertThat(first)
        .isEqualTo(
            new Bucket.Figures(
                NOON.minus(Duration.ofHours(2)),
                null,
                new BigDecimal("200"),
                new BigDecimal("100"),
                new BigDecimal("200"),
                null,
                1,
                new BigDecimal("150.00"),
                new BigDecimal("100")));
  }

  @Test
  void whatHasNotPassedYetIsLeftOut() {
    var wallet = registered();
    at(wallet, 1, NOON.minus(Duration.ofHours(2)), "100");

    var found = analyzed(wallet, NOON.minus(Duration.ofHours(1)), NOON.plus(Duration.ofDays(300)));

    assertThat(found.whole().period().to()).isEqualTo(NOON);
    assertThat(analyze(wallet.id(), Visibility.ALL, NOON, null)).isEqualTo(new Outcome.NotBegun());
  }

  @Test
  void aPeriodOfTooManyBucketsOrYearsIsRefused() {
    var wallet = registered();

    assertThat(analyze(wallet.id(), Visibility.ALL, NOON.minus(Duration.ofHours(1_000)), null))
        .isInstanceOf(Outcome.Analyzed.class);
    assertThat(analyze(wallet.id(), Visibility.ALL, NOON.minus(Duration.ofMinutes(60_001)), null))
        .isEqualTo(new Outcome.TooLong());
    assertThat(
            analyzeBalance.analyze(
                new AnalyzeBalance.Query(
                    wallet.id(),
                    Visibility.ALL,
                    NOON.minus(Duration.ofDays(3_661)),
                    null,
                    BucketSize.MONTH,
                    ZoneOffset.UTC)))
        .isEqualTo(new Outcome.TooLong());
  }

  @Test
  void whatLiesOutsideTheVisibilityDoesNotExist() {
    var wallet = registered();

    assertThat(
            analyze(
                wallet.id(),
                new Visibility(Set.of(UUID.randomUUID())),
                NOON.minus(Duration.ofHours(1)),
                null))
        .isEqualTo(new Outcome.UnknownWallet());
  }

  @Test
  void changesAreCountedByWalletConnectionAndProvider() {
    var store = connected();
    var other = connected(Examples.connection(Examples.FINCRA));
    clock.set(NOON.plusSeconds(10));
    var naira = wallet(store, "a");
    var cedi = wallet(store, "b");
    wallet(store, "c");
    var fincra = wallet(other, "");
    for (var number = 1; number <= 5; number++) {
      at(naira, number, NOON.plusSeconds(number), Integer.toString(number));
    }
    at(cedi, 1, NOON.plusSeconds(1), "1");
    at(cedi, 2, NOON.plusSeconds(2), "2");
    at(fincra, 1, NOON.plusSeconds(3), "1");

    assertThat(counts(By.WALLET, Visibility.ALL))
        .containsExactly("1/1/2", "1/1/1", "1/0/0", "1/1/0");
    assertThat(counts(By.CONNECTION, Visibility.ALL)).containsExactly("1/1/0", "3/2/3");
    assertThat(counts(By.PROVIDER, Visibility.ALL)).containsExactly("1/1/0", "3/2/3");
    assertThat(counts(By.PROVIDER, new Visibility(Set.of(other.id().value()))))
        .containsExactly("1/1/0");
  }

  /** Wallets, those with a balance, and changes from the second to the fourth second after noon. */
  private List<String> counts(By by, Visibility visibility) {
    return counted(by, visibility, NOON.plusSeconds(2), NOON.plusSeconds(4)).counts().stream()
        .map(AnalyzeBalanceTest::text)
        .toList();
  }

  private CountChanges.Outcome.Counted counted(
      By by, Visibility visibility, Instant from, Instant to) {
    return (CountChanges.Outcome.Counted) count(by, visibility, from, to);
  }

  private CountChanges.Outcome count(By by, Visibility visibility, Instant from, Instant to) {
    return countChanges.count(
        new CountChanges.Query(visibility, new Period(from, to), by, null, null, null, 10));
  }

  @Test
  void changesAreCountedOfTheTimeThatHasPassed() {
    var longest = Duration.ofDays(3_660);
    var past = NOON.minus(longest);

    var cut = counted(By.PROVIDER, Visibility.ALL, past, NOON.plus(Duration.ofDays(9_999)));

    assertThat(cut.period()).isEqualTo(new Period(past, NOON));
    assertThat(count(By.WALLET, Visibility.ALL, past.minusNanos(1_000), NOON))
        .isEqualTo(new CountChanges.Outcome.TooLong());
    assertThat(count(By.WALLET, Visibility.ALL, NOON, NOON.plusSeconds(1)))
        .isEqualTo(new CountChanges.Outcome.NotBegun());
  }

  @Test
  void whereTheLedgerAloneMovedTheAvailableAmountDidNotChange() {
    var wallet = registered();
    at(wallet, 1, NOON.minus(Duration.ofMinutes(50)), "100");
    at(wallet, 2, NOON.minus(Duration.ofMinutes(40)), "100.00");
    at(wallet, 3, NOON.minus(Duration.ofMinutes(30)), "90");
    at(wallet, 4, NOON.minus(Duration.ofMinutes(20)), "90");

    var whole =
        Objects.requireNonNull(
            analyzed(wallet, NOON.minus(Duration.ofMinutes(45)), NOON).whole().figures());

    assertThat(whole.changes()).isEqualTo(1);
    assertThat(whole.largestChange()).isEqualByComparingTo("-10");
    var still =
        Objects.requireNonNull(
            analyzed(wallet, NOON.minus(Duration.ofMinutes(25)), NOON).whole().figures());
    assertThat(still.changes()).isZero();
    assertThat(still.largestChange()).isNull();
    assertThat(
            counted(By.WALLET, Visibility.ALL, NOON.minus(Duration.ofMinutes(45)), NOON)
                .counts()
                .getFirst()
                .changes())
        .as("recorded changes of the balance as a whole")
        .isEqualTo(3);
  }

  private static String text(Count count) {
    return count.wallets() + "/" + count.known() + "/" + count.changes();
  }

  private Wallet wallet(Connection connection, String account) {
    return registered(Examples.wallet(connection, account, Examples.NGN));
  }

  private Outcome.Analyzed analyzed(Wallet wallet, Instant from, Instant to) {
    return (Outcome.Analyzed) analyze(wallet.id(), Visibility.ALL, from, to);
  }

  private Outcome analyze(
      WalletId wallet, Visibility visibility, Instant from, @Nullable Instant to) {
    return analyzeBalance.analyze(
        new AnalyzeBalance.Query(wallet, visibility, from, to, BucketSize.HOUR, ZoneOffset.UTC));
  }

  private void at(Wallet wallet, long sequence, Instant time, String amount) {
    var snapshot =
        new WalletBalanceSnapshot(
            Examples.id(),
            wallet.id(),
            sequence,
            wallet.provider(),
            Examples.balance(amount),
            null,
            time,
            null,
            time,
            time,
            Source.API,
            null,
            Metadata.NONE,
            time);
    transactions()
        .inTransaction(
            () -> {
              storage.snapshots().append(List.of(snapshot));
              return snapshot;
            });
  }
}
