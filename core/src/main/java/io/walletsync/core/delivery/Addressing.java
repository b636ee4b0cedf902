package io.walletsync.core.delivery;

import io.walletsync.core.delivery.Delivery.Draft;
import io.walletsync.core.notification.EventFormat;
import io.walletsync.core.notification.Notification;
import io.walletsync.core.notification.Notification.About;
import io.walletsync.core.notification.Outbox.Entry;
import io.walletsync.core.subscription.Subscription;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.core.wallet.Wallets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Finds out who is told of what, and what is sent to them. */
final class Addressing {
  private final Wallets wallets;
  private final Messages messages;

  Addressing(Wallets wallets, EventFormat format) {
    this.wallets = wallets;
    this.messages = new Messages(format);
  }

  /** Of each event what is sent to those who want it and were there when it happened. */
  List<Draft> fresh(List<Entry> entries, List<Subscription> subscriptions) {
    return drafts(
        entries,
        subscriptions,
        (entry, subscription) -> entry.place().compareTo(subscription.since()) > 0);
  }

  /** Of each event what is sent to a subscription that wants it, whenever it happened. */
  List<Draft> again(List<Entry> entries, Subscription subscription) {
    return drafts(entries, List.of(subscription), (_, _) -> true);
  }

  private List<Draft> drafts(
      List<Entry> entries,
      List<Subscription> subscriptions,
      BiPredicate<Entry, Subscription> isMeant) {
    var pairs = new ArrayList<Pair>();
    var unknown = new HashSet<WalletId>();
    for (var entry : entries) {
      var about = entry.notification().about().orElse(null);
      for (var subscription : subscriptions) {
        if (isMeant.test(entry, subscription)
            && mayWant(subscription, entry.notification(), about)) {
          pairs.add(new Pair(entry.notification(), subscription));
          if (about != null && subscription.filter().asksForTheWallet()) {
            unknown.add(about.wallet());
          }
        }
      }
    }
    Map<WalletId, Wallet> found = unknown.isEmpty() ? Map.of() : wallets.findAll(unknown);
    return pairs.stream().filter(pair -> pair.isWanted(found)).map(this::draft).toList();
  }

  private static boolean mayWant(
      Subscription subscription, Notification notification, @Nullable About about) {
    var limit = subscription.limit();
    return (about == null ? limit.connections() == null : limit.includes(about.connection()))
        && subscription.filter().mayWant(notification.kind(), about);
  }

  private Draft draft(Pair pair) {
    var notification = pair.notification();
    return new Draft(
        pair.subscription().id(),
        notification.id(),
        notification.kind(),
        notification.occurredAt(),
        messages.of(notification, pair.subscription().channel().kind()));
  }

  private record Pair(Notification notification, Subscription subscription) {
    boolean isWanted(Map<WalletId, Wallet> wallets) {
      return subscription
          .filter()
          .wants(notification.about().map(about -> wallets.get(about.wallet())).orElse(null));
    }
  }
}
