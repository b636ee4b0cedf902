package io.walletsync.core.movement;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Money;
import io.walletsync.core.movement.ExplainedChange.State;
import io.walletsync.core.wallet.WalletId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every adapter of {@link MovementFindings} keeps: what was found last, of each wallet. */
public interface MovementFindingsContract {
  Instant T0 = Examples.MORNING;

  Transactions transactions();

  MovementFindings findings();

  @Test
  default void whatIsFoundTakesThePlaceOfWhatWasFoundForTheSameTime() {
    var wallet = new WalletId(Examples.id());
    var early = hole(1, "10.5");
    replace(wallet, T0, early, hole(3, "-7"), hole(5, "2"));
    replace(new WalletId(Examples.id()), T0, hole(3, "1"));

    replace(wallet, T0.plusSeconds(2), hole(4, "3.000000000000000001"));

    assertThat(findings().newestHoles(wallet, 10))
        .containsExactly(hole(4, "3.000000000000000001"), early);
    assertThat(findings().newestHoles(wallet, 1)).hasSize(1);
    replace(wallet, T0);
    assertThat(findings().newestHoles(wallet, 10)).isEmpty();
  }

  @Test
  default void countsTheHolesThatReachIntoAPeriod() {
    var wallet = new WalletId(Examples.id());
    replace(wallet, T0, hole(10, "1"), hole(20, "1"));

    assertThat(count(wallet, 0, 100)).isEqualTo(2);
    assertThat(count(wallet, 10, 11)).isOne();
    assertThat(count(wallet, 0, 9)).isZero();
    assertThat(count(wallet, 11, 19)).isZero();
    assertThat(count(wallet, 11, 20)).isOne();
  }

  @Test
  default void sumsWhatIsUnexplainedWithoutSigns() {
    var currency = new CurrencyCode("F" + Examples.id().toString().substring(27, 36));
    var before = findings().figures();
    var wallet = new WalletId(Examples.id());
    unexplained(wallet, 0, change(2, "5", currency), change(3, "-7.5", currency));
    var other = new WalletId(Examples.id());
    unexplained(other, 0, change(9, "100", currency));

    var figures = findings().figures();
    assertThat(figures.walletsUnexplained()).isEqualTo(before.walletsUnexplained() + 2);
    assertThat(figures.unexplained()).containsEntry(currency, new BigDecimal("112.5"));

    unexplained(wallet, 2);
    unexplained(other, 0);
    figures = findings().figures();
    assertThat(figures.walletsUnexplained()).isEqualTo(before.walletsUnexplained() + 1);
    assertThat(figures.unexplained()).containsEntry(currency, new BigDecimal("5"));
    unexplained(wallet, 0);
  }

  @Test
  default void countsAllHoles() {
    var before = findings().figures().holes();
    var wallet = new WalletId(Examples.id());

    replace(wallet, T0, hole(1, "1"), hole(2, "1"));
    assertThat(findings().figures().holes()).isEqualTo(before + 2);

    replace(wallet, T0);
    assertThat(findings().figures().holes()).isEqualTo(before);
  }

  private long count(WalletId wallet, int from, int until) {
    return findings().countHoles(wallet, T0.plusSeconds(from), T0.plusSeconds(until));
  }

  private void replace(WalletId wallet, Instant after, Hole... holes) {
    transactions()
        .inTransaction(
            () -> {
              findings().replaceHoles(wallet, after, List.of(holes));
              return wallet;
            });
  }

  private void unexplained(WalletId wallet, long after, ExplainedChange... changes) {
    transactions()
        .inTransaction(
            () -> {
              findings().replaceUnexplained(wallet, after, List.of(changes));
              return wallet;
            });
  }

  /** One that lies in the second before this one. */
  private static Hole hole(int second, String amount) {
    return new Hole(
        "a" + second,
        T0.plusSeconds(second - 1),
        "b" + second,
        T0.plusSeconds(second),
        Examples.naira(amount));
  }

  private static ExplainedChange change(long sequence, String amount, CurrencyCode currency) {
    var unexplained = new Money(new BigDecimal(amount), currency);
    return new ExplainedChange(
        sequence,
        T0,
        T0.plusSeconds(1),
        unexplained,
        new Money(BigDecimal.ZERO, currency),
        unexplained,
        0,
        List.of(),
        State.UNEXPLAINED);
  }
}
