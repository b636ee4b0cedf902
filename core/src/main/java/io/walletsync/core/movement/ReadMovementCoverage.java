package io.walletsync.core.movement;

import io.walletsync.core.balance.BalanceHistory;
import io.walletsync.core.kernel.Page;
import io.walletsync.core.movement.MovementImports.Standing;
import io.walletsync.core.movement.Movements.Place;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.core.wallet.Wallets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Use case: from when to when a wallet's movements are complete, and where holes are. */
public final class ReadMovementCoverage {
  private final Wallets wallets;
  private final MovementImports imports;
  private final MovementFindings findings;

  public ReadMovementCoverage(Wallets wallets, MovementImports imports, MovementFindings findings) {
    this.wallets = wallets;
    this.imports = imports;
    this.findings = findings;
  }

  public Outcome read(Query query) {
    if (wallets.find(query.wallet(), query.visibility()).isEmpty()) {
      return new Outcome.UnknownWallet();
    }
    return new Outcome.Found(
        imports.find(query.wallet()),
        findings.countHoles(query.wallet(), BalanceHistory.BEGINNING, BalanceHistory.END),
        findings.holes(query.wallet(), query.before(), query.limit()));
  }

  /**
   * Which wallet, and which of its holes.
   *
   * @param before the place of the last one of the previous page; null for the newest ones
   */
  public record Query(Visibility visibility, WalletId wallet, @Nullable Place before, int limit) {}

  /** What is known. */
  public sealed interface Outcome {
    /**
     * How it stands.
     *
     * @param standing empty where the import has not begun
     * @param holes how many there are
     */
    record Found(Optional<Standing> standing, long holes, Page<Hole> page) implements Outcome {}

    record UnknownWallet() implements Outcome {}
  }
}
