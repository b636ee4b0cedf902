package io.walletsync.core.judgement;

import io.walletsync.core.wallet.WalletId;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Driven port: how long balances last. */
public interface Runways {
  /** Of each wallet how long its balance lasts; one that has no end in sight is missing. */
  Map<WalletId, Duration> of(Set<WalletId> wallets);
}
