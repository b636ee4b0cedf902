package io.walletsync.core.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.core.Examples;
import io.walletsync.core.money.Money;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

final class BalanceTest {
  private static final Money CEDI = new Money(new BigDecimal("1"), Examples.GHS);

  @Test
  void aBalanceHasOneCurrency() {
    var naira = Examples.naira("1");

    assertThat(new Balance(naira, naira, naira).currency()).isEqualTo(Examples.NGN);
    assertThatThrownBy(() -> new Balance(naira, CEDI, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Balance(naira, null, CEDI))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void unknownIsNotZero() {
    var naira = Examples.naira("1");

    assertThat(Balance.available(naira)).isEqualTo(new Balance(naira, null, null));
    assertThat(Balance.available(naira))
        .isNotEqualTo(new Balance(naira, Examples.naira("0"), null))
        .isNotEqualTo(new Balance(naira, null, Examples.naira("0")));
  }

  @Test
  void balancesAreComparedByValue() {
    assertThat(Examples.balance("1.50")).isEqualTo(Examples.balance("1.5"));
  }
}
