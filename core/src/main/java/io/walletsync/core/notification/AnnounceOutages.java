package io.walletsync.core.notification;

import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.kernel.Ids;
import io.walletsync.core.notification.Notification.About;
import io.walletsync.core.notification.Notification.Kind;
import io.walletsync.core.notification.Notification.Occurrence;
import io.walletsync.core.schedule.Outage;
import io.walletsync.core.schedule.OutageListener;
import java.util.List;
import java.util.Optional;

/** Puts outages of wallets into the outbox, in the transaction that notes the turn. */
public final class AnnounceOutages implements OutageListener {
  private final Outbox outbox;
  private final Ids ids;

  public AnnounceOutages(Outbox outbox, Ids ids) {
    this.outbox = outbox;
    this.ids = ids;
  }

  @Override
  public void onBegun(List<Outage> outages) {
    append(Kind.SYNC_FAILING, outages);
  }

  @Override
  public void onEnded(List<Outage> outages) {
    append(Kind.SYNC_RECOVERED, outages);
  }

  private void append(Kind kind, List<Outage> outages) {
    outbox.append(outages.stream().<Notification>map(outage -> occurrence(kind, outage)).toList());
  }

  private Occurrence occurrence(Kind kind, Outage outage) {
    var wallet = outage.wallet();
    var reason = outage.reason();
    var facts =
        AuditEntry.facts(
            "provider", wallet.provider().value(),
            "failures", Integer.toString(outage.failures()));
    if (kind == Kind.SYNC_FAILING) {
      facts.put("reason", reason == null ? "internal" : reason.code());
    }
    return new Occurrence(
        ids.next(),
        kind,
        Optional.of(new About(wallet.id(), wallet.connectionId())),
        outage.at(),
        facts);
  }
}
