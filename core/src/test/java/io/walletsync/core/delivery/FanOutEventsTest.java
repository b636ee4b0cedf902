package io.walletsync.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.MutableClock;
import io.walletsync.core.SequentialIds;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.channel.Channel;
import io.walletsync.core.channel.Reply;
import io.walletsync.core.channel.Sender;
import io.walletsync.core.channel.Senders;
import io.walletsync.core.delivery.FanOutEvents.Command;
import io.walletsync.core.delivery.FanOutEvents.Outcome;
import io.walletsync.core.memory.InMemoryStorage;
import io.walletsync.core.notification.EventFilter;
import io.walletsync.core.notification.EventFormat;
import io.walletsync.core.notification.Notification.About;
import io.walletsync.core.notification.Notification.Kind;
import io.walletsync.core.notification.Notification.Occurrence;
import io.walletsync.core.notification.Outbox;
import io.walletsync.core.subscription.CreateSubscription;
import io.walletsync.core.subscription.Subscription;
import io.walletsync.core.subscription.SubscriptionExample;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who is told of what, from when on, and that the bookmark and what is kept move together. */
class FanOutEventsTest {
  private final MutableClock clock = new MutableClock(Examples.MORNING);
  private final InMemoryStorage storage = new InMemoryStorage(clock);
  private final SequentialIds ids = new SequentialIds();
  private final Auditor auditor = new Auditor(storage.auditTrail(), ids, clock);
  private final Wallet wallet = Examples.wallet(Examples.connection());
  private final EventFormat format = notification -> "{\"event_id\":\"" + notification.id() + "\"}";

  @Test
  void whatHappensFromItsCreationOnIsKeptOnce() {
    happen(Kind.SYNC_FAILING);
    var subscription = created(EventFilter.ALL, Visibility.ALL);
    var first = happen(Kind.SYNC_FAILING);
    assertThat(fanOut()).isEqualTo(new Outcome.Done(1));
    var second = happen(Kind.SYNC_RECOVERED);
    assertThat(fanOut()).isEqualTo(new Outcome.Done(1));
    assertThat(fanOut()).isEqualTo(new Outcome.Done(0));

    assertThat(kept(subscription)).containsExactlyInAnyOrder(first, second);
  }

  @Test
  void whoSubscribedBeforeTheFirstLookMissesNothing() {
    var early = created(EventFilter.ALL, Visibility.ALL);
    var event = happen(Kind.SYNC_FAILING);
    var late = created(EventFilter.ALL, Visibility.ALL);

    fanOut();

    assertThat(kept(early)).containsExactly(event);
    assertThat(kept(late)).isEmpty();
  }

  @Test
  void onlyWhatMeetsEachConditionIsKept() {
    in(() -> storage.wallets().addOrLock(wallet));
    var own = filter(Set.of(Kind.SYNC_FAILING), Set.of(wallet.id().value()), Metadata.NONE);
    var byMetadata = filter(Set.of(), Set.of(), Metadata.of(Map.of("team", "payouts")));
    var ofOthers = filter(Set.of(), Set.of(Examples.id()), Metadata.NONE);
    var wanted = created(own, Visibility.ALL);
    var unwanted = created(ofOthers, Visibility.ALL);
    var unmatched = created(byMetadata, Visibility.ALL);
    var inside = created(EventFilter.ALL, SubscriptionExample.only(wallet.connectionId().value()));
    var outside = created(EventFilter.ALL, SubscriptionExample.only(Examples.id()));

    var about = happen(Kind.SYNC_FAILING, Optional.of(about()));
    var recovered = happen(Kind.SYNC_RECOVERED, Optional.of(about()));
    happen(Kind.SYNC_FAILING);
    fanOut();

    assertThat(kept(wanted)).containsExactly(about);
    assertThat(kept(unwanted)).isEmpty();
    assertThat(kept(unmatched)).isEmpty();
    assertThat(kept(inside)).containsExactlyInAnyOrder(about, recovered);
    assertThat(kept(outside)).isEmpty();
  }

  @Test
  void whoLostItsLeaseKeepsNothing() {
    var subscription = created(EventFilter.ALL, Visibility.ALL);
    var event = happen(Kind.SYNC_FAILING);
    var taken = new boolean[1];
    Deliveries overtaken =
        (Deliveries)
            Proxy.newProxyInstance(
                Deliveries.class.getClassLoader(),
                new Class<?>[] {Deliveries.class},
                (_, method, arguments) -> {
                  var result = method.invoke(storage.deliveries(), arguments);
                  if (method.getName().equals("add") && !taken[0]) {
                    taken[0] = true;
                    clock.advance(Duration.ofMinutes(1));
                    // somebody else begins, within a transaction of ours: enough to be fenced
                    storage
                        .bookmarks()
                        .take(FanOutEvents.READER, Outbox.Place.START, Duration.ofMinutes(1));
                  }
                  return result;
                });

    assertThat(fanOut(overtaken)).isEqualTo(new Outcome.SomebodyElse());
    assertThat(kept(subscription)).isEmpty();

    clock.advance(Duration.ofMinutes(2));
    assertThat(fanOut()).isEqualTo(new Outcome.Done(1));
    assertThat(kept(subscription)).containsExactly(event);
  }

  @Test
  void aPayloadIsTheEventOfTheFeedAndSmall() {
    var event =
        new Occurrence(
            ids.next(), Kind.SYNC_FAILING, Optional.empty(), Examples.MORNING, new TreeMap<>());

    assertThat(new Messages(format).of(event, Channel.Kind.WEBHOOK))
        .isEqualTo(
            "{\"type\":\"sync.failing\",\"timestamp\":\"2026-11-22T08:00:00.123456Z\",\"data\":"
                + "{\"event_id\":\""
                + event.id()
                + "\"}}");
    assertThat(new Messages(_ -> "\"" + "₦".repeat(10_000) + "\"").of(event, Channel.Kind.WEBHOOK))
        .contains(event.id().toString(), "\"truncated\":true")
        .hasSizeLessThan(1_000);
  }

  @Test
  void peopleAreToldLineByLineWithNothingSmuggledIn() {
    var facts = new TreeMap<String, @Nullable String>();
    facts.put("rule_name", "Low\r\nBcc: evil@example.com");
    facts.put("amount_missing", null);
    var event =
        new Occurrence(ids.next(), Kind.SYNC_FAILING, Optional.of(about()), clock.instant(), facts);

    var text = new Messages(format).of(event, Channel.Kind.EMAIL);

    assertThat(text)
        .startsWith("[WalletSync] Sync failing: Low  Bcc: evil@example.com\n\n")
        .contains("Wallet: " + wallet.id(), "amount missing: unknown\n", "What to do: ");
    assertThat(text.lines()).noneMatch(line -> line.startsWith("Bcc"));
  }

  private About about() {
    return new About(wallet.id(), wallet.connectionId());
  }

  private static EventFilter filter(Set<Kind> kinds, Set<UUID> wallets, Metadata metadata) {
    return new EventFilter(kinds, wallets, Set.of(), Set.of(), Set.of(), Set.of(), metadata);
  }

  private Subscription created(EventFilter filter, Visibility visibility) {
    var create =
        new CreateSubscription(
            storage.subscriptions(),
            storage.outbox(),
            new Senders(List.of(new Ready())),
            storage.transactions(),
            auditor,
            ids,
            clock);
    var outcome =
        create.create(
            new CreateSubscription.Command(
                Examples.actor(),
                visibility,
                "Ledger",
                new Channel.Webhook("https://example.com/"),
                filter));
    assertThat(outcome).isInstanceOf(CreateSubscription.Outcome.Created.class);
    return ((CreateSubscription.Outcome.Created) outcome).subscription();
  }

  private UUID happen(Kind kind) {
    return happen(kind, Optional.empty());
  }

  private UUID happen(Kind kind, Optional<About> about) {
    var event = new Occurrence(ids.next(), kind, about, clock.instant(), new TreeMap<>());
    return in(
        () -> {
          storage.outbox().append(List.of(event));
          return event.id();
        });
  }

  private Outcome fanOut() {
    return fanOut(storage.deliveries());
  }

  private Outcome fanOut(Deliveries deliveries) {
    return new FanOutEvents(
            storage.outbox(),
            storage.bookmarks(),
            storage.subscriptions(),
            deliveries,
            storage.wallets(),
            format,
            storage.transactions())
        .fanOut(new Command(() -> false));
  }

  private List<UUID> kept(Subscription subscription) {
    return storage
        .deliveries()
        .page(new Deliveries.Query(subscription.id(), null, null, 100))
        .items()
        .stream()
        .map(Delivery::event)
        .toList();
  }

  private <T> T in(Supplier<T> work) {
    return storage.transactions().inTransaction(work);
  }

  /** Takes part, and is never asked to send. */
  private static final class Ready implements Sender {
    @Override
    public boolean isFor(Channel.Kind kind) {
      return true;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public Reply send(Channel channel, Message message) {
      throw new AssertionError("nothing is sent here");
    }
  }
}
