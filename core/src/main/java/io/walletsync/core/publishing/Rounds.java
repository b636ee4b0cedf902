package io.walletsync.core.publishing;

import io.walletsync.core.notification.Notification;
import io.walletsync.core.notification.Notification.About;
import io.walletsync.core.notification.Outbox.Entry;
import io.walletsync.core.notification.Outbox.Place;
import io.walletsync.core.wallet.WalletId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Splits a batch so that no event of a wallet is sent before the one ahead of it was acknowledged:
 * then none can overtake another, whatever is lost on the way.
 */
final class Rounds {
  private final List<Entry> batch;
  private final Set<UUID> acknowledged = new HashSet<>();

  Rounds(List<Entry> batch) {
    this.batch = batch;
  }

  /** The first event of each wallet that is still to be sent; those about none go as one wallet. */
  List<Notification> next() {
    var wallets = new HashSet<Optional<WalletId>>();
    return batch.stream()
        .map(Entry::notification)
        .filter(it -> !acknowledged.contains(it.id()))
        .filter(it -> wallets.add(it.about().map(About::wallet)))
        .toList();
  }

  void acknowledge(Set<UUID> ids) {
    acknowledged.addAll(ids);
  }

  /** How many from the start are acknowledged without a gap: a bookmark may move behind them. */
  int leading() {
    return (int)
        batch.stream().takeWhile(entry -> acknowledged.contains(entry.notification().id())).count();
  }

  /** The place of the last of so many. */
  Place placeOf(int leading) {
    return batch.get(leading - 1).place();
  }
}
