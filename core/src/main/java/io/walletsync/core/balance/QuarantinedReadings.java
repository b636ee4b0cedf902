package io.walletsync.core.balance;

import io.walletsync.core.kernel.Page;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.WalletId;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Driven port: the readings that were not believed, open and settled. */
public interface QuarantinedReadings {
  /**
   * Keeps new readings, and how often the known ones were seen and how they ended, in the caller's
   * open transaction. Their wallets are locked; of each at most one reading is left open.
   */
  void save(Collection<QuarantinedReading> readings);

  Optional<QuarantinedReading> find(UUID readingId, Visibility visibility);

  /** Lists readings, newest first. */
  Page<QuarantinedReading> page(Query query);

  /** How many are open. */
  long countOpen();

  /**
   * What to list; null means any.
   *
   * @param open whether to list open ones or settled ones
   * @param before the last reading of the previous page
   */
  record Query(
      Visibility visibility,
      @Nullable WalletId wallet,
      @Nullable ConnectionId connection,
      @Nullable Boolean open,
      @Nullable UUID before,
      int limit) {}
}
