package io.walletsync.badhouse.core.kernel;

import io.walletsync.badhouse.core.wallet.Purse;
import org.assertj.core.api.Assertions;

/** The kernel sees a feature, in a ring, and a library. */
public record SeesAFeature(Purse purse) {
  public void use() {
    Assertions.fail();
  }
}
