package io.walletsync.core.movement;

import io.walletsync.core.wallet.WalletId;
import java.time.Instant;

/** Whether the movements of a period are all there, so that what they leave is unexplained. */
public final class MovementCompleteness {
  private final MovementImports imports;
  private final MovementFindings findings;

  public MovementCompleteness(MovementImports imports, MovementFindings findings) {
    this.imports = imports;
    this.findings = findings;
  }

  /** True where all that the provider lists was imported and no hole reaches into the period. */
  public boolean isComplete(WalletId wallet, Instant from, Instant until) {
    return imports
            .find(wallet)
            .flatMap(standing -> standing.progress().coverage())
            .map(coverage -> coverage.contains(from, until))
            .orElse(false)
        && findings.countHoles(wallet, from, until) == 0;
  }
}
