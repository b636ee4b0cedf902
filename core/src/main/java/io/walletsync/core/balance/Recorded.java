package io.walletsync.core.balance;

import java.time.Instant;
import java.util.Locale;

/** What became of an observation. */
public sealed interface Recorded {
  /**
   * It was judged against the wallet's newest snapshot.
   *
   * @param snapshot the newest snapshot now
   * @param externalIdConflict whether its external id was known with another amount
   */
  record Answer(
      Verdict verdict,
      WalletBalanceSnapshot snapshot,
      Instant confirmedAt,
      boolean externalIdConflict)
      implements Recorded {}

  /** The wallet was closed meanwhile; nothing was recorded. */
  record WalletClosed() implements Recorded {}

  /** Another worker took the request over; nothing was recorded. */
  record RequestLost() implements Recorded {}

  /** How an observation relates to what was known. */
  enum Verdict {
    /** A new state: a snapshot was made. */
    CREATED,
    /** The same balance: no snapshot, its confirmation moved. */
    UNCHANGED,
    /** An old state, or a request that already made its snapshot: nothing moved. */
    DUPLICATE,
    /** Its call started before the one behind the newest snapshot: kept aside. */
    SUPERSEDED;

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
