package io.walletsync.core.movement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.core.Examples;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.money.Money;
import io.walletsync.core.movement.Movements.Order;
import io.walletsync.core.movement.Movements.Place;
import io.walletsync.core.movement.Movements.Query;
import io.walletsync.core.movement.Movements.Total;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.WalletId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every adapter of {@link Movements} keeps: each movement once, and exact sums of them. */
public interface MovementsContract {
  Instant T0 = Examples.MORNING;

  Transactions transactions();

  Movements movements();

  @Test
  default void keepsAMovementAsItIsWithAllThatIsUnknown() {
    var wallet = wallet();
    var full =
        new ProviderMovement(
            wallet,
            "149411613",
            T0,
            Examples.naira("-500.000000000000000001"),
            Examples.naira("20782249.68"),
            "Transfer",
            "Who dey \"breet\"? \\ 'x'",
            "ref-1",
            Examples.ODD_METADATA,
            T0.plusSeconds(1));
    var bare =
        new ProviderMovement(
            wallet,
            "2",
            T0.plusSeconds(1),
            Examples.naira("0"),
            null,
            null,
            null,
            null,
            Metadata.NONE,
            T0);

    assertThat(add(full, bare)).containsExactlyInAnyOrder("149411613", "2");

    assertThat(all(wallet)).containsExactly(full, bare);
  }

  @Test
  default void aMovementThatIsKnownStaysAsItWasFirstTold() {
    var wallet = wallet();
    var first = movement(wallet, "1", 0, "5");
    add(first);

    assertThat(add(movement(wallet, "1", 0, "7"), movement(wallet, "2", 1, "8")))
        .containsExactly("2");

    assertThat(all(wallet)).containsExactly(first, movement(wallet, "2", 1, "8"));
  }

  @Test
  default void theSameKeyTwiceInOneBatchIsOneMovement() {
    var wallet = wallet();

    assertThat(add(movement(wallet, "1", 0, "5"), movement(wallet, "1", 0, "5")))
        .containsExactly("1");

    assertThat(all(wallet)).hasSize(1);
  }

  @Test
  default void oneKeyInTwoWalletsIsTwoMovements() {
    var one = movement(wallet(), "1", 0, "5");
    var other = movement(wallet(), "1", 0, "6");

    add(one);
    add(other);

    assertThat(all(one.walletId())).containsExactly(one);
    assertThat(all(other.walletId())).containsExactly(other);
  }

  @Test
  default void whatIsAddedInATransactionThatFailsIsNotKept() {
    var wallet = wallet();

    assertThatThrownBy(
            () ->
                transactions()
                    .inTransaction(
                        () -> {
                          movements().add(List.of(movement(wallet, "1", 0, "5")));
                          throw new IllegalStateException("undone");
                        }))
        .hasMessage("undone");

    assertThat(all(wallet)).isEmpty();
  }

  @Test
  default void listsInBothDirectionsPageByPageAndByKeyWhereTimesAreEqual() {
    var wallet = wallet();
    var kept = new ArrayList<ProviderMovement>();
    for (var i = 0; i < 7; i++) {
      kept.add(movement(wallet, "k" + i, i / 3, "1"));
    }
    var shuffled = new ArrayList<>(kept);
    Collections.reverse(shuffled);
    add(shuffled.toArray(ProviderMovement[]::new));

    assertThat(paged(wallet, Order.OLDEST_FIRST)).isEqualTo(kept);
    assertThat(paged(wallet, Order.NEWEST_FIRST)).isEqualTo(kept.reversed());
  }

  @Test
  default void aRangeIncludesItsBeginningAndNotItsEnd() {
    var wallet = wallet();
    for (var i = 0; i < 4; i++) {
      add(movement(wallet, "k" + i, i, "1." + i));
    }
    var from = T0.plusSeconds(1);
    var until = T0.plusSeconds(3);

    for (var order : Order.values()) {
      assertThat(movements().page(new Query(wallet, from, until, order, null, 10)).items())
          .extracting(ProviderMovement::key)
          .containsExactlyInAnyOrder("k1", "k2");
    }
    assertThat(movements().sum(wallet, from, until)).isEqualTo(total(2, "2.3"));
  }

  @Test
  default void sumsAreExactWithTheirSigns() {
    var wallet = wallet();
    add(
        movement(wallet, "a", 0, "0.000000000000000001"),
        movement(wallet, "b", 1, "-123456789012345678"),
        movement(wallet, "c", 2, "200"));
    add(movement(wallet(), "a", 0, "1000"));

    assertThat(movements().sum(wallet, T0, T0.plusSeconds(9)))
        .isEqualTo(total(3, "-123456789012345477.999999999999999999"));
    assertThat(movements().sum(wallet, T0.plusSeconds(2), T0.plusSeconds(9)))
        .isEqualTo(total(1, "200"));
    assertThat(movements().sum(wallet, T0.minusSeconds(9), T0)).isEqualTo(total(0, "0"));
  }

  @Test
  default void findsTheMovementsOfAWalletByTheirReferences() {
    var wallet = wallet();
    var late = named(wallet, "1", 5, "payout");
    var early = named(wallet, "2", 1, "payout");
    var other = named(wallet, "3", 2, "Payout");
    add(late, early, other, movement(wallet, "4", 3, "1"));
    add(named(wallet(), "1", 1, "payout"));

    assertThat(movements().named(wallet, Set.of("payout", "unknown"))).containsExactly(early, late);
    assertThat(movements().named(wallet, Set.of("payout", "Payout")))
        .containsExactly(early, other, late);
    assertThat(movements().named(wallet, Set.of())).isEmpty();
  }

  private static ProviderMovement named(WalletId wallet, String key, int second, String reference) {
    return new ProviderMovement(
        wallet,
        key,
        T0.plusSeconds(second),
        Examples.naira("-1"),
        null,
        null,
        null,
        reference,
        Metadata.NONE,
        T0);
  }

  @Test
  default void tellsTheTimeOfTheNewestMovementBefore() {
    var wallet = wallet();
    add(movement(wallet, "a", 0, "1"), movement(wallet, "b", 5, "1"));

    assertThat(movements().newestBefore(wallet, T0)).isEmpty();
    assertThat(movements().newestBefore(wallet, T0.plusSeconds(5))).contains(T0);
    assertThat(movements().newestBefore(wallet, T0.plusSeconds(6))).contains(T0.plusSeconds(5));
  }

  private List<ProviderMovement> paged(WalletId wallet, Order order) {
    var found = new ArrayList<ProviderMovement>();
    @Nullable Place after = null;
    while (true) {
      var page = movements().page(new Query(wallet, null, null, order, after, 2));
      found.addAll(page.items());
      if (!page.hasMore()) {
        return found;
      }
      after = Place.of(page.items().getLast());
    }
  }

  private List<ProviderMovement> all(WalletId wallet) {
    return movements().page(new Query(wallet, null, null, Order.OLDEST_FIRST, null, 100)).items();
  }

  private Set<String> add(ProviderMovement... added) {
    return transactions().inTransaction(() -> movements().add(List.of(added)));
  }

  private static WalletId wallet() {
    return new WalletId(Examples.id());
  }

  private static ProviderMovement movement(
      WalletId wallet, String key, int second, String difference) {
    return new ProviderMovement(
        wallet,
        key,
        T0.plusSeconds(second),
        Examples.naira(difference),
        null,
        null,
        null,
        null,
        Metadata.NONE,
        T0);
  }

  private static Total total(long count, String difference) {
    return new Total(count, new Money(new BigDecimal(difference), Examples.NGN).amount());
  }
}
