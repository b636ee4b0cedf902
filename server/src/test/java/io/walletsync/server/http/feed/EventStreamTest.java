package io.walletsync.server.http.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.memory.InMemoryStorage;
import io.walletsync.core.notification.EventFormat;
import io.walletsync.core.notification.Notification;
import io.walletsync.core.notification.Outbox;
import io.walletsync.core.notification.Outbox.Listed;
import io.walletsync.core.notification.Outbox.Place;
import io.walletsync.core.notification.Outbox.Query;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.server.http.feed.EventStream.Pace;
import io.walletsync.server.support.Eventually;
import io.walletsync.server.support.ToldEvents;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes on between two events, and how little the database is asked. */
class EventStreamTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Pace QUICK =
      new Pace(
          Duration.ofSeconds(1), Duration.ofMillis(50), Duration.ofMillis(20), Duration.ofHours(1));

  private final InMemoryStorage storage = new InMemoryStorage(InstantSource.system());
  private final CountingOutbox outbox = new CountingOutbox(storage.outbox());
  private final EventFormat format = it -> "{\"id\":\"" + it.id() + "\"}";
  private final FeedTail tail = new FeedTail(outbox, format, Duration.ofMillis(20));
  private volatile boolean isOver;

  @AfterEach
  void stop() {
    isOver = true;
    tail.close();
  }

  @Test
  void whoWantsNothingOfWhatHappensStillLearnsWhereToGoOn() {
    var out = follow(new WalletId(UUID.randomUUID()), QUICK);
    tell(ToldEvents.aboutNone(1));
    var end = EventFeedJson.cursor(storage.outbox().end());

    Eventually.within(SOON, "the place", () -> text(out).contains("id: " + end + "\n\n"));
    Eventually.within(SOON, "a heartbeat", () -> text(out).endsWith(": nothing new\n\n"));

    assertThat(text(out)).startsWith("retry: 1000\nid: ").doesNotContain("data:");
  }

  @Test
  void endsWhenItsTimeIsUp() throws InterruptedException {
    var begun = System.nanoTime();
    var pace = new Pace(QUICK.retry(), QUICK.heartbeat(), QUICK.recheck(), Duration.ofMillis(200));

    stream(null, pace, new ByteArrayOutputStream()).join();

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(pace.longest(), SOON);
  }

  @Test
  void manyWhoFollowAskNoMoreThanOneDoes() {
    var outs = new ArrayList<ByteArrayOutputStream>();
    for (var i = 0; i < 200; i++) {
      outs.add(follow(null, Pace.STANDARD));
    }
    Eventually.within(SOON, "all begun", () -> outs.stream().allMatch(it -> it.size() > 0));
    tell(ToldEvents.aboutNone(0));
    Eventually.within(SOON, "all are there", () -> outs.stream().allMatch(it -> events(it) == 1));
    var before = outbox.asked.get();
    var begun = System.nanoTime();

    for (var i = 1; i <= 20; i++) {
      tell(ToldEvents.aboutNone(i));
    }

    Eventually.within(SOON, "all heard", () -> outs.stream().allMatch(it -> events(it) == 21));
    var looks = (System.nanoTime() - begun) / Duration.ofMillis(20).toNanos();
    assertThat(outbox.asked.get() - before).isLessThan((int) looks + 25);
    assertThat(outs.stream().map(EventStreamTest::text).distinct()).hasSize(1);
  }

  @Test
  void nobodyAsksWhileNobodyFollows() throws InterruptedException {
    var thread = stream(null, QUICK, new ByteArrayOutputStream());
    Eventually.within(SOON, "looks", () -> outbox.asked.get() > 2);
    isOver = true;
    thread.join();
    Eventually.within(SOON, "no more looks", this::isQuiet);
  }

  private boolean isQuiet() {
    var before = outbox.asked.get();
    LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    return outbox.asked.get() == before;
  }

  private ByteArrayOutputStream follow(@Nullable WalletId wallet, Pace pace) {
    var out = new ByteArrayOutputStream();
    var _ = stream(wallet, pace, out);
    return out;
  }

  private Thread stream(@Nullable WalletId wallet, Pace pace, ByteArrayOutputStream out) {
    var query = new Query(Visibility.ALL, Set.of(), wallet, storage.outbox().end(), 100);
    var stream = new EventStream(tail, query, new EventLines(out), () -> true, pace);
    return Thread.ofVirtual()
        .start(
            () -> {
              try {
                stream.send(() -> isOver);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
  }

  private void tell(Notification notification) {
    var _ =
        storage
            .transactions()
            .inTransaction(
                () -> {
                  storage.outbox().append(List.of(notification));
                  return notification;
                });
  }

  private static String text(ByteArrayOutputStream out) {
    return out.toString(StandardCharsets.UTF_8);
  }

  private static long events(ByteArrayOutputStream out) {
    return text(out).lines().filter(line -> line.startsWith("data: ")).count();
  }

  /** Counts how often it is asked. */
  private static final class CountingOutbox implements Outbox {
    private final Outbox outbox;
    private final AtomicInteger asked = new AtomicInteger();

    private CountingOutbox(Outbox outbox) {
      this.outbox = outbox;
    }

    @Override
    public void append(List<Notification> notifications) {
      outbox.append(notifications);
    }

    @Override
    public Listed list(Query query) {
      asked.incrementAndGet();
      return outbox.list(query);
    }

    @Override
    public Place end() {
      asked.incrementAndGet();
      return outbox.end();
    }

    @Override
    public Place before(Instant time) {
      return outbox.before(time);
    }
  }
}
