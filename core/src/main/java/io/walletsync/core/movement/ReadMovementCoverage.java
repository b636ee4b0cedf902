package io.walletsync.core.movement;

import io.walletsync.core.balance.BalanceHistory;
import io.walletsync.core.movement.MovementImports.Standing;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.core.wallet.Wallets;
import java.util.List;
import java.util.Optional;

/** Use case: from when to when a wallet's movements are complete, and where holes are. */
public final class ReadMovementCoverage {
  private static final int MOST_HOLES = 100;

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
        findings.newestHoles(query.wallet(), MOST_HOLES));
  }

  /** Which wallet. */
  public record Query(Visibility visibility, WalletId wallet) {}

  /** What is known. */
  public sealed interface Outcome {
    /**
     * How it stands.
     *
     * @param standing empty where the import has not begun
     * @param newest the newest of the holes
     */
    record Found(Optional<Standing> standing, long holes, List<Hole> newest) implements Outcome {}

    record UnknownWallet() implements Outcome {}
  }
}
