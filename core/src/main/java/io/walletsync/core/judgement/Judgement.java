package io.walletsync.core.judgement;

import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Difference;
import io.walletsync.core.money.Money;
import org.jspecify.annotations.Nullable;

/** Whether a condition is true of something now. */
public sealed interface Judgement {
  /** It is: an alert opens where none is. */
  record Holds(@Nullable String previous, @Nullable String current, @Nullable CurrencyCode currency)
      implements Judgement {
    public static Holds of(@Nullable Money previous, Money current) {
      return new Holds(
          previous == null ? null : previous.toDecimalString(),
          current.toDecimalString(),
          current.currency());
    }

    public static Holds of(Difference current) {
      return new Holds(null, current.toDecimalString(), current.currency());
    }

    public static Holds of(String current) {
      return new Holds(null, current, null);
    }
  }

  /** It is over: an alert ends where one is. */
  record Over(@Nullable String current) implements Judgement {
    public static Over of(Money current) {
      return new Over(current.toDecimalString());
    }
  }

  /** Neither, or not known: what is stays. */
  record Between() implements Judgement {}

  /** It cannot be said, for a reason that lies with the rule. */
  record Failed(String reason) implements Judgement {}
}
