package io.walletsync.core.notification;

import io.walletsync.core.balance.BalanceChange;
import io.walletsync.core.balance.BalanceListener;
import io.walletsync.core.balance.QuarantinedReading;
import io.walletsync.core.kernel.Ids;
import io.walletsync.core.notification.Notification.BalanceChanged;
import io.walletsync.core.notification.Notification.ReadingQuarantined;
import io.walletsync.core.notification.Notification.ReadingSettled;
import java.util.List;

/** Puts what happens to balances into the outbox, in the transaction that records it. */
public final class AnnounceChanges implements BalanceListener {
  private final Outbox outbox;
  private final Ids ids;

  public AnnounceChanges(Outbox outbox, Ids ids) {
    this.outbox = outbox;
    this.ids = ids;
  }

  @Override
  public void onChange(List<BalanceChange> changes) {
    outbox.append(
        changes.stream()
            .<Notification>map(change -> BalanceChanged.of(ids.next(), change))
            .toList());
  }

  @Override
  public void onDoubt(List<QuarantinedReading> doubts) {
    outbox.append(doubts.stream().map(this::notification).toList());
  }

  private Notification notification(QuarantinedReading reading) {
    var resolution = reading.resolution();
    return resolution == null
        ? new ReadingQuarantined(ids.next(), reading)
        : new ReadingSettled(ids.next(), reading, resolution.at());
  }
}
