package io.walletsync.core.balance;

import io.walletsync.core.balance.BalanceSnapshots.WalletBalance;
import io.walletsync.core.kernel.Gathering;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.WalletId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Use case: how much is in this wallet, and how sure are we. Reads only, calls nobody. Those who
 * ask at the same time are told from one look.
 */
public final class ReadBalance {
  private static final int MOST_AT_ONCE = 200;
  private static final int MOST_WAITING = 5_000;

  private final BalanceSnapshots snapshots;
  private final Gathering<WalletId, Optional<WalletBalance>> looks;

  public ReadBalance(BalanceSnapshots snapshots) {
    this.snapshots = snapshots;
    // a look that fails would fail for each alone
    this.looks =
        new Gathering<>(MOST_AT_ONCE, MOST_WAITING, this::look, this::look, failure -> false);
  }

  private List<Optional<WalletBalance>> look(List<WalletId> wallets) {
    var found = snapshots.latest(Set.copyOf(wallets));
    return wallets.stream().map(wallet -> Optional.ofNullable(found.get(wallet))).toList();
  }

  public Outcome read(Query query) {
    var wallet = looks.submit(List.of(query.wallet())).getFirst().orElse(null);
    if (wallet == null || !query.visibility().includes(wallet.wallet().connectionId())) {
      return new Outcome.UnknownWallet();
    }
    var latest = wallet.latest().orElse(null);
    if (latest == null) {
      return new Outcome.NoSnapshotYet(wallet.doubt());
    }
    var age = Duration.between(latest.confirmedAt(), wallet.readAt());
    // a confirmation by a clock a little ahead is new, not from the future
    age = age.isNegative() ? Duration.ZERO : age;
    return query.maxAge() != null && age.compareTo(query.maxAge()) > 0
        ? new Outcome.TooOld(latest, age)
        : new Outcome.Found(latest, wallet.doubt(), age);
  }

  /**
   * What to read.
   *
   * @param maxAge refuse a balance that was confirmed longer ago; null for any age
   */
  public record Query(WalletId wallet, Visibility visibility, @Nullable Duration maxAge) {}

  /** What is known; age is the time since the last confirmation, by the database's clock. */
  public sealed interface Outcome {
    /**
     * There is a balance.
     *
     * @param doubt what the provider said since, and is not believed
     */
    record Found(LatestBalance latest, Optional<QuarantinedReading> doubt, Duration age)
        implements Outcome {}

    record TooOld(LatestBalance latest, Duration age) implements Outcome {}

    record NoSnapshotYet(Optional<QuarantinedReading> doubt) implements Outcome {}

    record UnknownWallet() implements Outcome {}
  }
}
