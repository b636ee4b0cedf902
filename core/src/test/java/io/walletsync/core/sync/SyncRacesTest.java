package io.walletsync.core.sync;

import static io.walletsync.core.provider.ScriptedBalanceProvider.reading;
import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Concurrently;
import io.walletsync.core.Examples;
import io.walletsync.core.balance.Balance;
import io.walletsync.core.balance.WalletBalanceSnapshot;
import io.walletsync.core.sync.SyncWalletBalance.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** However many sync at once, nobody gets an error and no state is recorded twice. */
final class SyncRacesTest {
  private static final Balance HUNDRED = Examples.balance("100");
  private static final int THREADS = 64;

  private final SyncFixture fixture = new SyncFixture();

  @Test
  void manyAttemptsUnderOneKeyMakeOneCallOneSnapshotAndAnswersThatAgree() {
    fixture.provider.always(call -> reading(Examples.balance(Integer.toString(call))));

    var outcomes = Concurrently.call(THREADS, _ -> fixture.sync("key-1"));

    assertThat(fixture.provider.calls()).isEqualTo(1);
    assertThat(fixture.storage.allSnapshots()).hasSize(1);
    var text = only(outcomes, Outcome.Synced.class).text();
    assertThat(outcomes)
        .allSatisfy(
            outcome ->
                assertThat(outcome)
                    .satisfiesAnyOf(
                        o -> assertThat(o).isInstanceOf(Outcome.Synced.class),
                        o -> assertThat(o).isInstanceOf(Outcome.InFlight.class),
                        o -> assertThat(o).isEqualTo(new Outcome.Replayed(text))));
    assertThat(fixture.sync("key-1")).isEqualTo(new Outcome.Replayed(text));
    assertThat(fixture.auditEntries())
        .filteredOn(entry -> entry.action().equals("sync_balance"))
        .hasSize(1);
  }

  @Test
  void whileTheProviderIsAskedEveryOtherAttemptUnderTheKeyIsInFlight() {
    var gate = fixture.provider.nextHeld(reading(HUNDRED));
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = CompletableFuture.supplyAsync(() -> fixture.sync("key-1"), executor);
      gate.awaitCall();

      var others = Concurrently.call(THREADS - 1, _ -> fixture.sync("key-1"));

      gate.open();
      assertThat(others).hasOnlyElementsOfType(Outcome.InFlight.class);
      var text = synced(first.join()).text();
      assertThat(Concurrently.call(THREADS, _ -> fixture.sync("key-1")))
          .containsOnly(new Outcome.Replayed(text));
    }
    assertThat(fixture.provider.calls()).isEqualTo(1);
  }

  @Test
  void manySyncsOfOneBalanceMakeOneSnapshot() {
    fixture.provider.always(reading(HUNDRED, "row-1", null));

    var outcomes =
        Concurrently.call(
            THREADS,
            _ -> {
              fixture.clock.advance(Duration.ofMillis(1));
              return fixture.sync();
            });

    assertThat(outcomes).hasOnlyElementsOfType(Outcome.Synced.class);
    assertThat(fixture.storage.allSnapshots()).hasSize(1);
    assertThat(fixture.auditEntries()).hasSize(THREADS);
  }

  @Test
  void manySyncsOfAMovingBalanceMakeOneSnapshotOfEachStateAtMost() {
    // eight states one after the other, each with the provider's name for it
    fixture.provider.always(
        call -> {
          var state = Integer.toString(call / 8);
          return reading(Examples.balance(state), "row-" + state, null);
        });

    var outcomes =
        Concurrently.call(
            THREADS,
            _ -> {
              fixture.clock.advance(Duration.ofMillis(1));
              return fixture.sync();
            });

    assertThat(outcomes).hasOnlyElementsOfType(Outcome.Synced.class);
    var snapshots = fixture.storage.allSnapshots();
    assertThat(snapshots).extracting(WalletBalanceSnapshot::balance).doesNotHaveDuplicates();
    assertThat(snapshots)
        .extracting(WalletBalanceSnapshot::sequence)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, snapshots.size()).boxed().toList());
    assertThat(IntStream.range(1, snapshots.size()))
        .allSatisfy(i -> assertThat(snapshots.get(i).asOf()).isAfter(snapshots.get(i - 1).asOf()));
    assertThat(fixture.latest().orElseThrow().snapshot()).isEqualTo(snapshots.getLast());
  }

  @Test
  void manyKeysEachGetTheirAnswer() {
    fixture.provider.always(reading(HUNDRED));

    var texts = Concurrently.call(THREADS, number -> synced(fixture.sync("key-" + number)).text());

    assertThat(IntStream.range(0, THREADS).mapToObj(number -> fixture.sync("key-" + number)))
        .isEqualTo(texts.stream().<Outcome>map(Outcome.Replayed::new).toList());
  }

  private static Outcome.Synced synced(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Synced.class);
    return (Outcome.Synced) outcome;
  }

  private static <T> T only(List<? extends Outcome> outcomes, Class<T> type) {
    var found = outcomes.stream().filter(type::isInstance).map(type::cast).toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }
}
