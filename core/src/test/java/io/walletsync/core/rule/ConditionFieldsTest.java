package io.walletsync.core.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A period is one of a few, and who gives another one is told which. */
final class ConditionFieldsTest {
  @Test
  void aPeriodIsOneOfAFew() {
    assertThat(((Condition.BalanceChanged) changed("PT24H")).period())
        .isEqualTo(Duration.ofDays(1));
    assertThat(changed("P1D")).isEqualTo(changed("PT1440M"));
    assertThat(changed("PT15M")).isInstanceOf(Condition.BalanceChanged.class);
    for (var other : new String[] {"PT61S", "PT661S", "P8D", "P30D", "PT0S", "-PT1H", "an hour"}) {
      assertThatThrownBy(() -> changed(other))
          .isInstanceOf(InvalidCondition.class)
          .hasMessage(
              "must be one of PT1M, PT5M, PT10M, PT15M, PT30M, PT1H, PT2H, PT3H, PT6H, PT12H, P1D,"
                  + " P2D, P3D, P7D");
    }
  }

  @Test
  void whatIsUnexplainedIsThatOfThirtyDaysWhereNothingElseIsSaid() {
    var usual = Map.of("kind", "unexplained_over", "currency", "NGN", "limit", "5");
    assertThat(((Condition.UnexplainedOver) ConditionFields.read(usual)).period())
        .isEqualTo(Duration.ofDays(30));
    assertThat(ConditionFields.read(ConditionFields.write(ConditionFields.read(usual))))
        .isEqualTo(ConditionFields.read(usual));
    assertThatThrownBy(
            () ->
                ConditionFields.read(
                    Map.of(
                        "kind", "unexplained_over",
                        "currency", "NGN",
                        "limit", "5",
                        "period", "P31D")))
        .hasMessage("must be one of P1D, P7D, P30D, P90D, P365D");
  }

  private static Condition changed(String period) {
    return ConditionFields.read(
        Map.of("kind", "balance_changed", "period", period, "percent", "5"));
  }
}
