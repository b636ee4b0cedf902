package io.walletsync.core.movement;

import io.walletsync.core.wallet.WalletId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Driven port: how far each wallet's import is, and whose turn it is, by the database's clock. */
public interface MovementImports {
  /** Takes the import of a wallet for so long; empty while somebody else has it. */
  Optional<Taken> take(WalletId wallet, Duration lease);

  /**
   * Notes the progress in the caller's open transaction, and has the lease from now on anew.
   * Returns false, and changes nothing, where somebody else has taken it over.
   */
  boolean save(Lease lease, ImportProgress progress);

  /**
   * Gives the import back in the caller's open transaction. Returns false, and changes nothing,
   * where somebody else has taken it over.
   *
   * @param failure why the round failed; null where it did not
   * @param next when it is due again; null where it is not by itself
   */
  boolean end(Lease lease, @Nullable String failure, @Nullable Duration next);

  Optional<Standing> find(WalletId wallet);

  /** Active wallets whose import is due and that nobody has, the longest due first. */
  List<WalletId> due(int atMost);

  /**
   * Lets active wallets that are not imported by themselves yet be due some time within a period,
   * at most so many at once; returns how many.
   */
  int enrol(Duration within, int atMost);

  /** How long ago the last round of the wallet that waits longest ended, of those that had one. */
  Optional<Duration> oldest();

  /** Who has an import; a token that is another's now is worth nothing. */
  record Lease(WalletId wallet, UUID token, Duration lasts) {}

  /**
   * An import that was taken.
   *
   * @param takenAt the database's time
   */
  record Taken(Lease lease, ImportProgress progress, Instant takenAt) {}

  /**
   * How an import stands.
   *
   * @param endedAt when the last round ended; null before the first
   * @param failure why it failed; null where it did not
   * @param failures how many rounds failed in a row
   */
  record Standing(
      ImportProgress progress, @Nullable Instant endedAt, @Nullable String failure, int failures) {}
}
