package io.walletsync.badhouse.core.wallet;

import org.jspecify.annotations.Nullable;

/** A port that returns null. */
public interface Purses {
  @Nullable Purse find(String name);
}
