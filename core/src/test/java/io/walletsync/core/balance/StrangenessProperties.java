package io.walletsync.core.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.money.Money;
import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;
import org.jspecify.annotations.Nullable;

final class StrangenessProperties {
  @Property
  void whatAddsUpAndIsNoRoundJumpIsOrdinary(
      @ForAll @BigRange(min = "-1000000", max = "1000000") @Scale(6) BigDecimal available,
      @ForAll @BigRange(min = "0", max = "1000000") @Scale(6) BigDecimal locked,
      @ForAll @BigRange(min = "-1000000", max = "1000000") @Scale(6) BigDecimal before) {
    var strangeness =
        Strangeness.of(balance(available, available.add(locked), locked), alone(before));

    // by division, where the rule multiplies
    var then = before.doubleValue();
    var ratio = then == 0 ? 1 : available.doubleValue() / then;
    if (available.signum() == 0 && before.compareTo(BigDecimal.valueOf(1000)) >= 0) {
      assertThat(strangeness).isEqualTo(Strangeness.SUDDEN_ZERO);
    } else if (Math.abs(ratio - 100) > 1e-3 && Math.abs(ratio - 0.01) > 1e-7) {
      assertThat(strangeness).isNull();
    }
  }

  @Property
  void partsThatDoNotAddUpAreStrangeWhateverWasBefore(
      @ForAll @BigRange(min = "-1000000", max = "1000000") @Scale(6) BigDecimal available,
      @ForAll @BigRange(min = "0", max = "1000000") @Scale(6) BigDecimal locked,
      @ForAll @BigRange(min = "0.000001", max = "1000") @Scale(6) BigDecimal error) {
    var ledger = available.add(locked).add(error);

    assertThat(Strangeness.of(balance(available, ledger, locked), null))
        .isEqualTo(Strangeness.PARTS_DO_NOT_ADD_UP);
    assertThat(Strangeness.of(balance(available, ledger, null), null))
        .as("nothing is promised of a ledger alone")
        .isNull();
  }

  @Property
  void aHundredTimesAndAHundredthAreStrangeToTheLastDigit(
      @ForAll @BigRange(min = "0.000001", max = "1000000") @Scale(6) BigDecimal amount) {
    var hundredfold = amount.movePointRight(2);

    assertThat(Strangeness.of(alone(hundredfold), alone(amount)))
        .isEqualTo(Strangeness.HUNDREDFOLD);
    assertThat(Strangeness.of(alone(amount), alone(hundredfold))).isEqualTo(Strangeness.HUNDREDTH);
    assertThat(Strangeness.of(alone(hundredfold.add(new BigDecimal("0.000001"))), alone(amount)))
        .isNull();
  }

  private static Balance alone(BigDecimal available) {
    return balance(available, null, null);
  }

  private static Balance balance(
      BigDecimal available, @Nullable BigDecimal ledger, @Nullable BigDecimal locked) {
    return new Balance(
        new Money(available, Examples.NGN),
        ledger == null ? null : new Money(ledger, Examples.NGN),
        locked == null ? null : new Money(locked, Examples.NGN));
  }
}
