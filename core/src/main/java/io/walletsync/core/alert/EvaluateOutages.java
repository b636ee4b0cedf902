package io.walletsync.core.alert;

import io.walletsync.core.rule.AlertKind;
import io.walletsync.core.schedule.Outage;
import io.walletsync.core.schedule.OutageListener;
import java.util.List;
import java.util.stream.Collectors;

/** Judges wallets whose syncs fail or work again, in the transaction that notes the turn. */
public final class EvaluateOutages implements OutageListener {
  private final JudgeWallets judgeWallets;

  public EvaluateOutages(JudgeWallets judgeWallets) {
    this.judgeWallets = judgeWallets;
  }

  @Override
  public void onBegun(List<Outage> outages) {
    judge(outages);
  }

  @Override
  public void onEnded(List<Outage> outages) {
    judge(outages);
  }

  private void judge(List<Outage> outages) {
    judgeWallets.judgeHere(
        outages.stream().map(it -> it.wallet().id()).collect(Collectors.toUnmodifiableSet()),
        rule -> rule.kind() == AlertKind.SYNC_FAILING);
  }
}
