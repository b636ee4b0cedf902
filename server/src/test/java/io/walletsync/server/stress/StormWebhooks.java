package io.walletsync.server.stress;

import io.walletsync.server.support.ApiClient.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Announces events of random accounts, three of ten again what was announced a short while before,
 * also while that is still under way.
 */
final class StormWebhooks {
  private static final int RECENT = 100;
  private static final Duration SEND_AGAIN_AFTER = Duration.ofMillis(500);

  private final List<List<StormAccount>> providers;
  private final AtomicReferenceArray<Event> recent = new AtomicReferenceArray<>(RECENT);
  private final AtomicInteger events = new AtomicInteger();
  private final Map<Event, Boolean> acknowledged = new ConcurrentHashMap<>();
  private final Queue<Answer> refused = new ConcurrentLinkedQueue<>();
  private final AtomicInteger sentAgain = new AtomicInteger();
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger duplicates = new AtomicInteger();

  /** One event of one account. */
  private record Event(StormAccount account, long number) {}

  StormWebhooks(List<List<StormAccount>> providers) {
    this.providers = providers;
  }

  Pace.Step steadily(Latencies latencies) {
    return (number, due) -> {
      announce(number);
      latencies.since(due);
    };
  }

  private void announce(int number) {
    var event = number % 10 < 3 && number > 10 ? again() : fresh(number);
    var answer = event.account().announce(event.number());
    // as a provider does; what that costs is part of the latency
    while (answer.problem().equals("database-unavailable")) {
      sentAgain.incrementAndGet();
      LockSupport.parkNanos(SEND_AGAIN_AFTER.toNanos());
      answer = event.account().announce(event.number());
    }
    if (answer.status() != 200) {
      refused.add(answer);
      return;
    }
    acknowledged.put(event, true);
    (answer.text("status").equals("accepted") ? accepted : duplicates).incrementAndGet();
  }

  private Event fresh(int number) {
    var accounts = providers.get(number % providers.size());
    var account = accounts.get(ThreadLocalRandom.current().nextInt(accounts.size()));
    var made = events.incrementAndGet();
    var event = new Event(account, made);
    recent.set(made % RECENT, event);
    return event;
  }

  private Event again() {
    var newest = events.get();
    var back = ThreadLocalRandom.current().nextInt(Math.min(newest, RECENT));
    var event = recent.get((newest - back) % RECENT);
    return event == null ? fresh(back) : event;
  }

  /** How many events of each connection were acknowledged. */
  Map<String, Integer> acknowledgedByConnection() {
    var counts = new ConcurrentHashMap<String, Integer>();
    acknowledged
        .keySet()
        .forEach(event -> counts.merge(event.account().connection(), 1, Integer::sum));
    return counts;
  }

  int distinct() {
    return acknowledged.size();
  }

  /** How often the server could not take one, which may be stored all the same. */
  int sentAgain() {
    return sentAgain.get();
  }

  int accepted() {
    return accepted.get();
  }

  int duplicates() {
    return duplicates.get();
  }

  List<Answer> refused() {
    return new ArrayList<>(refused);
  }
}
