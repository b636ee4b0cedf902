package io.walletsync.server.support;

import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.notification.Notification;
import io.walletsync.core.notification.Notification.About;
import io.walletsync.core.notification.Notification.Kind;
import io.walletsync.core.notification.Notification.Occurrence;
import io.walletsync.core.notification.Outbox;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.WalletId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Puts events that a test makes up into the outbox of a running server. */
public final class ToldEvents {
  private static final AtomicLong LAST_ID = new AtomicLong(System.nanoTime());

  private final Outbox outbox;
  private final Transactions transactions;

  public ToldEvents(TestServer server) {
    outbox = server.running().context().getBean(Outbox.class);
    transactions = server.running().context().getBean(Transactions.class);
  }

  /** In one transaction; the ids grow in the order of the list. */
  public void tell(List<Notification> notifications) {
    var _ =
        transactions.inTransaction(
            () -> {
              outbox.append(notifications);
              return notifications;
            });
  }

  /** The same number of events by each of several writers, who each write about one wallet. */
  public void tellAtOnce(List<WalletId> wallets, int each) {
    var writers = new ArrayList<Thread>();
    for (var wallet : wallets) {
      writers.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (var number = 1; number <= each; number++) {
                      tell(List.of(about(wallet, number, "")));
                    }
                  }));
    }
    for (var writer : writers) {
      try {
        writer.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  /** An event of a wallet that counts its own, with something to make it larger. */
  public static Notification about(WalletId wallet, int number, String ballast) {
    return occurrence(
        Optional.of(new About(wallet, new ConnectionId(wallet.value()))), number, ballast);
  }

  /** An event about no wallet. */
  public static Notification aboutNone(int number) {
    return occurrence(Optional.empty(), number, "");
  }

  private static Notification occurrence(Optional<About> about, int number, String ballast) {
    var facts = new TreeMap<String, @Nullable String>();
    facts.put("number", String.valueOf(number));
    facts.put("ballast", ballast);
    return new Occurrence(
        id(), Kind.SYNC_FAILING, about, Instant.parse("2026-11-22T08:00:00Z"), facts);
  }

  private static UUID id() {
    return new UUID(LAST_ID.incrementAndGet(), RandomGenerator.getDefault().nextLong());
  }
}
