package io.walletsync.core.balance;

import io.walletsync.core.kernel.Text;

/** The provider's own name for a state of a balance, such as the id of its newest ledger row. */
public record ExternalBalanceId(String value) {
  public ExternalBalanceId {
    Text.printable(value, 255);
  }

  @Override
  public String toString() {
    return value;
  }
}
