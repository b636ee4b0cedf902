package io.walletsync.server.provider.flutterwave;

import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.money.Money;
import io.walletsync.server.provider.UnreadableReply;

/** What a row of a statement promises: the balance after is the one before and the movement. */
public final class StatementMath {
  private StatementMath() {}

  /**
   * The movement with its sign; a row that contradicts itself cannot be read.
   *
   * @param amount as the statement has it, without a sign
   */
  public static Money difference(boolean isCredit, Money amount, Money before, Money after)
      throws UnreadableReply {
    try {
      var difference =
          new Money(isCredit ? amount.amount() : amount.amount().negate(), amount.currency());
      if (amount.amount().signum() < 0
          || before.amount().add(difference.amount()).compareTo(after.amount()) != 0) {
        throw new UnreadableReply();
      }
      return difference;
    } catch (InvalidValue e) {
      throw new UnreadableReply();
    }
  }
}
