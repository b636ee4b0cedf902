package io.walletsync.core.alert;

import io.walletsync.core.reconciliation.DifferenceListener;
import io.walletsync.core.reconciliation.Reconciliation;
import io.walletsync.core.rule.AlertKind;
import java.util.List;
import java.util.stream.Collectors;

/** Judges wallets that differ from the books or do so no more, in the transaction that notes it. */
public final class EvaluateDifferences implements DifferenceListener {
  private final JudgeWallets judgeWallets;

  public EvaluateDifferences(JudgeWallets judgeWallets) {
    this.judgeWallets = judgeWallets;
  }

  @Override
  public void onBegun(List<Reconciliation> open) {
    judge(open);
  }

  @Override
  public void onEnded(List<Reconciliation> settled) {
    judge(settled);
  }

  private void judge(List<Reconciliation> changed) {
    judgeWallets.judgeHere(
        changed.stream()
            .map(it -> it.expected().walletId())
            .collect(Collectors.toUnmodifiableSet()),
        rule -> rule.kind() == AlertKind.DRIFT_OVER);
  }
}
