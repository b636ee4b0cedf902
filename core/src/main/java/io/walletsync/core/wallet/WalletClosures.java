package io.walletsync.core.wallet;

import java.time.Instant;
import java.util.Set;

/**
 * Driven port: when wallets were closed that were opened again. Nothing in it is ever changed. Of a
 * wallet that is still closed, the wallet itself tells since when.
 */
public interface WalletClosures {
  /** Keeps one of a locked wallet, in the caller's open transaction. */
  void add(WalletClosure closure);

  /** Those of some wallets that were closed at a time, and were opened again since. */
  Set<WalletId> closedAt(Set<WalletId> wallets, Instant at);
}
