package io.walletsync.badhouse.core.wallet;

import io.walletsync.badhouse.core.kernel.SeesAFeature;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Not final, a double for money, state that changes, and the machine's clock. */
public class Purse {
  public double amount;
  public @Nullable SeesAFeature ring;

  public Instant touch(BigDecimal exact) {
    amount = exact.doubleValue();
    return Instant.now().minusMillis(Clock.systemUTC().millis());
  }
}
