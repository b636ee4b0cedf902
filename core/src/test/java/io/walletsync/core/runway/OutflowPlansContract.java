package io.walletsync.core.runway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.core.Examples;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.wallet.WalletId;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every adapter of {@link OutflowPlans} keeps: of each wallet the newest plan, whole. */
public interface OutflowPlansContract {
  Transactions transactions();

  OutflowPlans plans();

  @Test
  default void aPlanComesBackAsItWasKeptInTheOrderOfItsTimes() {
    var plan =
        replaced(
            plan(
                wallet(),
                "0.000000000000000001",
                outflow(5, "7", "Pay'roll \"x\" 你好"),
                outflow(3, "0.000000000000000001", "b"),
                outflow(3, "999999999999999999", "a")));

    assertThat(plans().find(Set.of(plan.wallet()))).containsOnlyKeys(plan.wallet());
    assertThat(plans().find(Set.of(plan.wallet()))).containsValue(plan);
    assertThat(plan.outflows()).extracting(PlannedOutflow::reference).startsWith("a", "b");
  }

  @Test
  default void aPlanTakesThePlaceOfTheOneBeforeAlsoWhereItIsEmpty() {
    var wallet = wallet();
    replaced(plan(wallet, "5", outflow(1, "1", "a"), outflow(2, "2", "b")));
    var second = replaced(plan(wallet, "6", outflow(3, "9", "a")));
    assertThat(plans().find(Set.of(wallet))).containsValue(second);

    var empty = replaced(plan(wallet, "0"));

    assertThat(plans().find(Set.of(wallet))).containsValue(empty);
  }

  @Test
  default void manyWalletsAreFoundAtOnceAndOneWithoutAPlanIsMissing() {
    var one = replaced(plan(wallet(), "1", outflow(1, "1", "a")));
    var other =
        replaced(
            plan(
                wallet(),
                "2",
                IntStream.range(0, OutflowPlan.MOST)
                    .mapToObj(i -> outflow(i, "1", "p" + i))
                    .toArray(PlannedOutflow[]::new)));
    var nothing = wallet();

    var found = plans().find(Set.of(one.wallet(), other.wallet(), nothing));

    assertThat(found).hasSize(2).containsEntry(one.wallet(), one);
    assertThat(found).containsEntry(other.wallet(), other);
    assertThat(plans().find(Set.of())).isEmpty();
  }

  @Test
  default void whatIsReplacedInATransactionThatFailsStays() {
    var plan = replaced(plan(wallet(), "1", outflow(1, "1", "a")));

    assertThatThrownBy(
            () ->
                transactions()
                    .inTransaction(
                        () -> {
                          plans().replace(plan(plan.wallet(), "2"));
                          throw new IllegalStateException("undone");
                        }))
        .hasMessage("undone");

    assertThat(plans().find(Set.of(plan.wallet()))).containsValue(plan);
  }

  private OutflowPlan replaced(OutflowPlan plan) {
    return transactions()
        .inTransaction(
            () -> {
              plans().replace(plan);
              return plan;
            });
  }

  private static WalletId wallet() {
    return new WalletId(Examples.id());
  }

  private static OutflowPlan plan(WalletId wallet, String minimum, PlannedOutflow... outflows) {
    return new OutflowPlan(
        wallet, Examples.naira(minimum), Arrays.asList(outflows), Examples.MORNING, "wsk_example");
  }

  private static PlannedOutflow outflow(int second, String naira, String reference) {
    return new PlannedOutflow(
        Examples.MORNING.plusSeconds(second), Examples.naira(naira), reference);
  }
}
