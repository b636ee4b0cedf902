package io.walletsync.core.movement;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Difference;
import io.walletsync.core.money.Money;
import io.walletsync.core.movement.ExplainedChange.State;
import io.walletsync.core.movement.MovementFindings.Unexplained;
import io.walletsync.core.movement.Movements.Place;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.RegistryPorts;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every adapter of {@link MovementFindings} keeps: what was found last, of each wallet. */
public interface MovementFindingsContract extends RegistryPorts {
  Instant T0 = Examples.MORNING;

  MovementFindings findings();

  @Test
  default void whatIsFoundTakesThePlaceOfWhatWasFoundForTheSameTime() {
    var wallet = new WalletId(Examples.id());
    var early = hole(1, "10.5");
    replace(wallet, T0, early, hole(3, "-7"), hole(5, "2"));
    replace(new WalletId(Examples.id()), T0, hole(3, "1"));

    replace(wallet, T0.plusSeconds(2), hole(4, "3.000000000000000001"));

    assertThat(findings().holes(wallet, null, 10).items())
        .containsExactly(hole(4, "3.000000000000000001"), early);
    var newest = findings().holes(wallet, null, 1);
    assertThat(newest.hasMore()).isTrue();
    var place =
        new Place(newest.items().getFirst().before(), newest.items().getFirst().beforeKey());
    assertThat(findings().holes(wallet, place, 1).items()).containsExactly(early);
    assertThat(findings().holes(wallet, place, 1).hasMore()).isFalse();
    replace(wallet, T0);
    assertThat(findings().holes(wallet, null, 10).items()).isEmpty();
  }

  @Test
  default void saysWhereTheFirstHoleBeginsThatEndsLateEnough() {
    var wallet = new WalletId(Examples.id());
    replace(wallet, T0, hole(10, "1"), hole(20, "1"), hole(30, "1"));

    assertThat(findings().beginOfHoles(wallet, T0.plusSeconds(20))).contains(T0.plusSeconds(19));
    assertThat(findings().beginOfHoles(wallet, T0.plusSeconds(31))).isEmpty();
  }

  @Test
  default void listsTheWalletsWithWhatIsUnexplainedOfThem() {
    var connection = connected();
    var wallets = new ArrayList<Wallet>();
    for (var i = 0; i < 3; i++) {
      wallets.add(registered(Examples.wallet(connection, "account-" + i, Examples.NGN)));
    }
    wallets.sort(Comparator.comparing((Wallet wallet) -> wallet.id().value()));
    unexplained(
        wallets.get(0).id(), 0, change(2, "5", Examples.NGN), change(3, "-7.5", Examples.NGN));
    unexplained(wallets.get(2).id(), 0, change(2, "-1", Examples.NGN));
    var mine = connection.id();

    var first = findings().unexplained(query(mine, null, null, 1));
    assertThat(first.hasMore()).isTrue();
    assertThat(first.items())
        .containsExactly(
            new Unexplained(
                wallets.get(0).id(),
                mine,
                wallets.get(0).provider(),
                2,
                new Difference(new BigDecimal("-2.5"), Examples.NGN),
                new Difference(new BigDecimal("12.5"), Examples.NGN)));
    var second = findings().unexplained(query(mine, Examples.NGN, wallets.get(0).id(), 1));
    assertThat(second.hasMore()).isFalse();
    assertThat(second.items()).extracting(Unexplained::wallet).containsExactly(wallets.get(2).id());
    assertThat(findings().unexplained(query(mine, Examples.GHS, null, 9)).items()).isEmpty();
    var elsewhere = new Visibility(Set.of(Examples.id()));
    assertThat(
            findings()
                .unexplained(new MovementFindings.Query(elsewhere, null, mine, null, null, 9))
                .items())
        .isEmpty();

    unexplained(wallets.get(0).id(), 2);
    assertThat(findings().unexplained(query(mine, null, null, 9)).items())
        .extracting(it -> it.amount().value())
        .containsExactly(new BigDecimal("5"), BigDecimal.ONE);
    unexplained(wallets.get(0).id(), 0);
    unexplained(wallets.get(2).id(), 0);
    assertThat(findings().unexplained(query(mine, null, null, 9)).items()).isEmpty();
  }

  private static MovementFindings.Query query(
      ConnectionId connection,
      @Nullable CurrencyCode currency,
      @Nullable WalletId after,
      int limit) {
    return new MovementFindings.Query(Visibility.ALL, null, connection, currency, after, limit);
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
