package io.walletsync.server.stress;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.server.metrics.Scrape;
import io.walletsync.server.support.Eventually;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * One provider takes ten seconds for an answer, another fails every second time, and all of them
 * announce things, a hundred a second and many twice: who is healthy stays quick, memory stays
 * flat, nothing is lost and nothing is doubled.
 */
class StormTest {
  /** Each stops the process for a moment, so they are few. */
  private static final int LOOKS_AT_HEAP_EACH_THIRD = 1;

  private static final int SLOW = 20;
  private static final int OTHERS = 4;
  private static final int SLOW_CLIENTS = 40;
  private static final int FAILING_CLIENTS = 8;
  private static final int HEALTHY_SYNCS_A_SECOND = 20;
  private static final int WEBHOOKS_A_SECOND = 100;
  private static final Duration IN_TIME = Duration.ofMillis(9_500);
  private static final Duration TOO_LATE = Duration.ofMillis(10_500);
  private static final Duration WARM_UP = Duration.ofSeconds(4);
  private static final Duration BEFORE = Duration.ofSeconds(4);
  private static final long MEMORY_SLACK = 12L << 20;

  private TestDatabase database;
  private StormProviders providers;
  private TestServer server;
  private List<StormAccount> slow;
  private List<StormAccount> failing;
  private List<StormAccount> healthy;

  @BeforeEach
  void connectEverybody() {
    database = TestDatabase.create();
    providers = new StormProviders();
    server = TestServer.start(database, providers.paystackUrl(), providers.environment());
    var client = server.client();
    var address = server.address();
    slow =
        accounts(
            SLOW,
            i -> StormAccount.slow(client, address, providers, i, i % 2 == 0 ? IN_TIME : TOO_LATE));
    failing = accounts(OTHERS, i -> StormAccount.failing(client, address, providers, i));
    healthy = accounts(OTHERS, i -> StormAccount.healthy(client, address, providers, i));
  }

  private static List<StormAccount> accounts(int count, IntFunction<StormAccount> make) {
    return IntStream.range(0, count).mapToObj(make).toList();
  }

  @AfterEach
  void stop() {
    server.close();
    providers.close();
  }

  @Test
  void thirteenSeconds() {
    storm(Duration.ofSeconds(13), LOOKS_AT_HEAP_EACH_THIRD, Duration.ofSeconds(90));
  }

  @Test
  @Tag("long")
  void threeMinutes() {
    // what failed four times is put off for five minutes
    storm(Duration.ofMinutes(3), 4 * LOOKS_AT_HEAP_EACH_THIRD, Duration.ofMinutes(8));
  }

  private void storm(Duration howLong, int looksEachThird, Duration untilServed) {
    var syncs = new StormSyncs(server.client());
    var before = new Latencies();
    var during = new Latencies();
    var announcing = new Latencies();
    var webhooks = new StormWebhooks(List.of(slow, failing, healthy));
    var heap = new HeapAfterGc();
    // a server that has just started is slow of itself
    steady(syncs, new Latencies(), BEFORE);
    try (var _ = Pace.of(WEBHOOKS_A_SECOND / 4, webhooks.steadily(new Latencies()))) {
      steady(syncs, new Latencies(), WARM_UP);
    }
    steady(syncs, before, BEFORE);

    providers.startFailing();
    var atFirst = Scrape.of(server.address());
    try (var askingSlow = syncs.crowd(SLOW_CLIENTS, slow, Duration.ZERO);
        var askingFailing = syncs.crowd(FAILING_CLIENTS, failing, Duration.ofMillis(200))) {
      try (var _ = Pace.of(WEBHOOKS_A_SECOND, webhooks.steadily(announcing));
          var _ = Pace.of(HEALTHY_SYNCS_A_SECOND, syncs.steadily(healthy, during));
          var _ = Pace.of(5, (_, _) -> providers.moveMoney())) {
        for (var i = 0; i < 3 * looksEachThird; i++) {
          LockSupport.parkNanos(howLong.toNanos() / (3L * looksEachThird));
          heap.look();
        }
      }
      askingSlow.end();
      askingFailing.end();
      var atLast = Scrape.of(server.address());
      var proofs =
          new StormProofs(
              database, Stream.of(slow, failing, healthy).flatMap(List::stream).toList());
      var waiting = proofs.waiting();
      providers.calmDown();
      var calmSince = System.nanoTime();
      Eventually.within(untilServed, "every event is served", () -> proofs.waiting() == 0);
      var served = Duration.ofNanos(System.nanoTime() - calmSince);
      new StormFigures(howLong, before, during, announcing, webhooks, heap, atFirst, atLast, proofs)
          .print(
              providers.callsOfSlow(),
              askingSlow.statuses(),
              askingFailing.statuses(),
              waiting,
              served);

      assertThat(askingSlow.statuses().keySet()).isSubsetOf(200, 503, 504);
      assertThat(askingFailing.statuses().keySet()).isSubsetOf(200, 502, 503);
      requireNothingLostOrDoubled(proofs, webhooks, syncs);
      requireHealthy(before, during, proofs);
      assertThat(heap.third(2)).isLessThan(1.1 * heap.third(1) + MEMORY_SLACK);
    }
  }

  private void steady(StormSyncs syncs, Latencies latencies, Duration howLong) {
    try (var _ = Pace.of(HEALTHY_SYNCS_A_SECOND, syncs.steadily(healthy, latencies));
        var _ = Pace.of(5, (_, _) -> providers.moveMoney())) {
      LockSupport.parkNanos(howLong.toNanos());
    }
  }

  private static void requireNothingLostOrDoubled(
      StormProofs proofs, StormWebhooks webhooks, StormSyncs syncs) {
    assertThat(webhooks.duplicates()).isPositive();
    proofs.everyEventIsThereOnce(webhooks);
    proofs.noEventWasGivenUp();
    proofs.everyAnswerIsInAWholeHistory(syncs.told());
    proofs.everyKeyMadeAtMostOneSnapshot();
  }

  private static void requireHealthy(Latencies before, Latencies during, StormProofs proofs) {
    var calm = before.percentile(95);
    assertThat(during.percentile(95))
        .isLessThan(Duration.ofSeconds(3))
        .isLessThan(calm.multipliedBy(10).plusSeconds(1));
    // two starts of one connection are five seconds apart
    assertThat(proofs.waited("fincra", 0.95)).isLessThan(15_000);
  }
}
