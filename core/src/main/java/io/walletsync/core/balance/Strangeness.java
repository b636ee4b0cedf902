package io.walletsync.core.balance;

import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What makes a reading so strange that it is not believed at once; the names are stored. */
public enum Strangeness {
  /** Available and locked do not add up to the ledger, where the provider promises that. */
  PARTS_DO_NOT_ADD_UP,
  /** Exactly a hundred times the balance before: perhaps minor units taken for major ones. */
  HUNDREDFOLD,
  /** Exactly a hundredth of the balance before. */
  HUNDREDTH,
  /** Exactly zero, after a large balance: perhaps an unknown amount written as 0. */
  SUDDEN_ZERO;

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /** From this amount on, in major units of any currency, a balance is large. */
  private static final BigDecimal LARGE = BigDecimal.valueOf(1000);

  /** How strange a balance is after the one before it; null where it is ordinary. */
  static @Nullable Strangeness of(Balance balance, @Nullable Balance before) {
    if (!addsUp(balance)) {
      return PARTS_DO_NOT_ADD_UP;
    }
    if (before == null) {
      return null;
    }
    var now = balance.available().amount();
    var then = before.available().amount();
    if (now.signum() == 0) {
      return then.compareTo(LARGE) >= 0 ? SUDDEN_ZERO : null;
    }
    if (then.signum() == 0) {
      return null;
    }
    if (now.compareTo(then.multiply(HUNDRED)) == 0) {
      return HUNDREDFOLD;
    }
    return then.compareTo(now.multiply(HUNDRED)) == 0 ? HUNDREDTH : null;
  }

  private static boolean addsUp(Balance balance) {
    var ledger = balance.ledger();
    var locked = balance.locked();
    return ledger == null
        || locked == null
        || balance.available().amount().add(locked.amount()).compareTo(ledger.amount()) == 0;
  }

  /** Whether hearing the same again settles it; a contradiction stays one however often told. */
  boolean isSettledByRepetition() {
    return this != PARTS_DO_NOT_ADD_UP;
  }

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
