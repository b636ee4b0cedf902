package io.walletsync.core.bulk;

import static io.walletsync.core.bulk.SyncRunPorts.abandonedChunksOf;
import static io.walletsync.core.bulk.SyncRunPorts.chunksOf;
import static io.walletsync.core.bulk.SyncRunPorts.ofConnection;
import static io.walletsync.core.bulk.SyncRunPorts.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Concurrently;
import io.walletsync.core.Examples;
import io.walletsync.core.bulk.SyncRun.State;
import io.walletsync.core.bulk.SyncRuns.Active;
import io.walletsync.core.bulk.SyncRuns.Chunk;
import io.walletsync.core.bulk.SyncRuns.Failure;
import io.walletsync.core.bulk.SyncRuns.Query;
import io.walletsync.core.wallet.Connection;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * What every adapter of {@link SyncRuns} keeps: each wallet is in one chunk of a run, each chunk
 * has one holder, and what a holder did is counted once or not at all.
 */
public interface SyncRunsContract extends SyncRunPorts {
  Tally ONE_CHANGED = new Tally(1, 0, 0, 0);

  @Test
  default void aRunIsKeptAsItWasStarted() {
    var connection = connected();
    wallets(connection, 3);

    var run = started(ofConnection(connection), only(connection));

    var found = syncRuns().find(run.id(), Visibility.ALL).orElseThrow();
    assertThat(found.filter()).isEqualTo(ofConnection(connection));
    assertThat(found.visibility()).isEqualTo(only(connection));
    assertThat(found.startedBy().id()).isEqualTo(run.startedBy().id());
    assertThat(found.startedBy().requestId()).isEqualTo("request-1");
    assertThat(found.total()).isEqualTo(3);
    assertThat(found.remaining()).isEqualTo(3);
    assertThat(found.tally()).isEqualTo(Tally.NONE);
    assertThat(found.state()).isEqualTo(State.RUNNING);
    assertThat(found.finishedAt()).isNull();
    assertThat(found.ratePerSecond()).isNull();
    assertThat(found.expectedEnd()).isNull();
    assertThat(found.readAt()).isAfterOrEqualTo(found.createdAt());
    assertThat(syncRuns().active(100_000))
        .contains(new Active(run.id(), connection.provider()))
        .hasSize((int) syncRuns().countActive());
  }

  @Test
  default void eachFilterReachesItsOpenWalletsAndNoOthers() {
    var provider = new ProviderId("p" + Long.toString(System.nanoTime(), 36));
    var ownerId = "owner " + UUID.randomUUID();
    var one = connected(Examples.connection(provider));
    var two = connected(Examples.connection(provider));
    var owned = wallet(one, ownerId, Wallet.Status.ACTIVE, Examples.MORNING);
    var paused = wallet(two, ownerId, Wallet.Status.PAUSED, Examples.MORNING);
    var other = wallet(two, "somebody else", Wallet.Status.ACTIVE, Examples.MORNING);
    wallet(one, ownerId, Wallet.Status.CLOSED, Examples.MORNING);
    var elsewhere = registered();

    assertThat(reached(ofConnection(two), Visibility.ALL)).containsExactlyInAnyOrder(paused, other);
    assertThat(reached(new SyncRunFilter.OfProvider(provider), Visibility.ALL))
        .containsExactlyInAnyOrder(owned, paused, other);
    assertThat(reached(new SyncRunFilter.OfOwner(ownerId), Visibility.ALL))
        .containsExactlyInAnyOrder(owned, paused);
    assertThat(reached(new SyncRunFilter.OfOwner(ownerId), only(two))).containsExactly(paused);
    assertThat(reached(new SyncRunFilter.OfProvider(provider), only(one))).containsExactly(owned);
    assertThat(reached(new SyncRunFilter.All(), only(one, two)))
        .containsExactlyInAnyOrder(owned, paused, other);
    assertThat(reached(new SyncRunFilter.All(), Visibility.ALL))
        .contains(owned, paused, other, elsewhere);
  }

  /** All wallets of a run, each in one chunk; the total says how many there are. */
  private List<Wallet> reached(SyncRunFilter filter, Visibility visibility) {
    var run = started(filter, visibility);
    var reached = new ArrayList<Wallet>();
    for (var chunk = taken(run, chunksOf(2)); chunk.isPresent(); chunk = taken(run, chunksOf(2))) {
      assertThat(chunk.get().wallets()).hasSizeBetween(1, 2);
      reached.addAll(chunk.get().wallets());
    }
    assertThat(reached).doesNotHaveDuplicates().hasSize((int) run.total());
    assertThat(cancelled(run)).isTrue();
    return reached;
  }

  @Test
  default void theWalletsOfAConnectionComeTogether() {
    var provider = new ProviderId("q" + Long.toString(System.nanoTime(), 36));
    var connections =
        List.of(
            connected(Examples.connection(provider)),
            connected(Examples.connection(provider)),
            connected(Examples.connection(provider)));
    for (var i = 0; i < 3; i++) {
      for (var connection : connections) {
        registered(Examples.wallet(connection, "account" + i, Examples.NGN));
      }
    }
    var run = started(new SyncRunFilter.OfProvider(provider), Visibility.ALL);

    for (var i = 0; i < 3; i++) {
      assertThat(taken(run, chunksOf(3)).orElseThrow().wallets())
          .extracting(Wallet::connectionId)
          .hasSize(3)
          .allMatch(id -> connections.stream().map(Connection::id).anyMatch(id::equals))
          .satisfies(ids -> assertThat(List.copyOf(ids).stream().distinct()).hasSize(1));
    }
  }

  @Test
  default void whatIsRegisteredLaterIsNoPartOfARun() {
    var connection = connected();
    var before = wallets(connection, 1);
    var run = started(connection);
    wallet(connection, "late", Wallet.Status.ACTIVE, run.createdAt().plus(Duration.ofSeconds(30)));

    assertThat(taken(run, chunksOf(10)).orElseThrow().wallets()).isEqualTo(before);
  }

  @Test
  default void everyWalletIsInOneChunkHoweverManyTakeAtOnce() {
    var connection = connected();
    var wallets = wallets(connection, 40);
    var run = started(connection);

    var chunks =
        Concurrently.call(
            8,
            _ -> {
              var mine = new ArrayList<Chunk>();
              // one that finds the run locked has to come again
              for (var misses = 0; misses < 50; ) {
                var chunk = taken(run, chunksOf(3));
                chunk.ifPresent(mine::add);
                misses = chunk.isPresent() ? 0 : misses + 1;
              }
              return mine;
            });

    var all = chunks.stream().flatMap(List::stream).toList();
    assertThat(all.stream().flatMap(chunk -> chunk.wallets().stream()))
        .containsExactlyInAnyOrderElementsOf(wallets);
    assertThat(all).extracting(chunk -> chunk.lease().number()).doesNotHaveDuplicates();
    assertThat(all).extracting(Chunk::attempt).containsOnly(1);
  }

  @Test
  default void anAbandonedChunkIsTakenOverAndItsFormerHolderCountsNothing() {
    var connection = connected();
    var wallets = wallets(connection, 2);
    var run = started(connection);
    var dead = taken(run, abandonedChunksOf(1)).orElseThrow();

    var heir = taken(run, chunksOf(1)).orElseThrow();

    assertThat(heir.wallets()).isEqualTo(dead.wallets()).isEqualTo(wallets.subList(0, 1));
    assertThat(heir.attempt()).isEqualTo(2);
    assertThat(heir.startedAt()).isAfterOrEqualTo(dead.startedAt());
    assertThat(settled(dead.lease(), ONE_CHANGED)).isFalse();
    assertThat(now(run).tally()).isEqualTo(Tally.NONE);
    assertThat(settled(heir.lease(), ONE_CHANGED)).isTrue();
    assertThat(settled(heir.lease(), ONE_CHANGED)).isFalse();
    assertThat(now(run).tally()).isEqualTo(ONE_CHANGED);
    assertThat(taken(run, chunksOf(1)).orElseThrow().wallets()).isEqualTo(wallets.subList(1, 2));
  }

  @Test
  default void aRenewedLeaseIsNotTakenOver() {
    var connection = connected();
    wallets(connection, 1);
    var run = started(connection);
    var held = taken(run, abandonedChunksOf(1)).orElseThrow();

    extend(held, LONG);

    assertThat(taken(run, chunksOf(1))).isEmpty();
    assertThat(settled(held.lease(), ONE_CHANGED)).isTrue();
  }

  @Test
  default void aLostLeaseIsNotRenewed() {
    var connection = connected();
    wallets(connection, 1);
    var run = started(connection);
    var dead = taken(run, abandonedChunksOf(1)).orElseThrow();
    assertThat(taken(run, abandonedChunksOf(1))).isPresent();

    extend(dead, LONG);

    assertThat(taken(run, chunksOf(1))).isPresent();
  }

  @Test
  default void whatIsGivenBackCanBeTakenAtOnce() {
    var connection = connected();
    wallets(connection, 1);
    var run = started(connection);
    var held = taken(run, chunksOf(1)).orElseThrow();
    assertThat(taken(run, chunksOf(1))).isEmpty();

    transactions()
        .inTransaction(
            () -> {
              syncRuns().giveBack(held.lease(), Duration.ZERO);
              return held;
            });

    assertThat(taken(run, chunksOf(1)).orElseThrow().wallets()).isEqualTo(held.wallets());
  }

  private void extend(Chunk chunk, Duration lease) {
    transactions()
        .inTransaction(
            () -> {
              syncRuns().renew(List.of(chunk.lease()), lease);
              return chunk;
            });
  }

  @Test
  default void aRunIsCompletedOnceNothingOfItIsLeft() {
    var connection = connected();
    wallets(connection, 3);
    var run = started(connection);
    var first = taken(run, chunksOf(2)).orElseThrow();
    assertThat(finished(run)).isEmpty();
    var second = taken(run, chunksOf(2)).orElseThrow();
    assertThat(taken(run, chunksOf(2))).isEmpty();
    settled(first.lease(), new Tally(1, 1, 0, 0));
    assertThat(finished(run)).isEmpty();
    settled(second.lease(), new Tally(0, 0, 1, 0));

    var completed = finished(run).orElseThrow();

    assertThat(completed.state()).isEqualTo(State.COMPLETED);
    assertThat(completed.finishedAt()).isAfterOrEqualTo(completed.createdAt());
    assertThat(completed.tally()).isEqualTo(new Tally(1, 1, 1, 0));
    assertThat(completed.remaining()).isZero();
    assertThat(finished(run)).isEmpty();
    assertThat(taken(run, chunksOf(2))).isEmpty();
    assertThat(cancelled(run)).isFalse();
    assertThat(now(run).state()).isEqualTo(State.COMPLETED);
    assertThat(syncRuns().active(100_000)).extracting(Active::run).doesNotContain(run.id());
  }

  @Test
  default void aRunWithoutWalletsIsCompletedToo() {
    var run = started(connected());
    assertThat(run.total()).isZero();

    assertThat(taken(run, chunksOf(2))).isEmpty();

    assertThat(finished(run)).isPresent();
  }

  @Test
  default void whatWasClosedMeanwhileCountsAsSkipped() {
    var connection = connected();
    var wallets = wallets(connection, 3);
    var run = started(connection);
    transactions()
        .inTransaction(
            () -> {
              wallets().update(wallets.getLast().closed(Examples.MORNING));
              return run;
            });
    var chunk = taken(run, chunksOf(10)).orElseThrow();
    assertThat(chunk.wallets()).hasSize(2);
    settled(chunk.lease(), new Tally(2, 0, 0, 0));

    assertThat(finished(run).orElseThrow().tally()).isEqualTo(new Tally(2, 0, 0, 1));
  }

  @Test
  default void moreThanWereCountedAtTheStartRaiseTheTotal() {
    var connection = connected();
    wallets(connection, 1);
    var run = started(connection);
    wallets(connection, 2);

    settled(taken(run, chunksOf(10)).orElseThrow().lease(), new Tally(0, 2, 0, 0));

    assertThat(now(run).total()).isEqualTo(2);
    assertThat(now(run).remaining()).isZero();
  }

  @Test
  default void aCancelledRunGivesNothingMoreAndCountsWhatWasInFlight() {
    var connection = connected();
    wallets(connection, 2);
    var run = started(connection);
    var held = taken(run, chunksOf(1)).orElseThrow();

    assertThat(cancelled(run)).isTrue();

    assertThat(cancelled(run)).isFalse();
    assertThat(taken(run, chunksOf(1))).isEmpty();
    var finishedAt = now(run).finishedAt();
    assertThat(settled(held.lease(), ONE_CHANGED)).isTrue();
    assertThat(finished(run)).isEmpty();
    assertThat(now(run).state()).isEqualTo(State.CANCELLED);
    assertThat(now(run).finishedAt()).isEqualTo(finishedAt);
    assertThat(now(run).tally()).isEqualTo(ONE_CHANGED);
    assertThat(now(run).remaining()).isEqualTo(1);
  }

  @Test
  default void failuresAreCountedAllAndKeptUpToALimit() {
    var connection = connected();
    var wallets = wallets(connection, 5);
    var run = started(connection);
    var first = taken(run, chunksOf(2)).orElseThrow();
    var second = taken(run, chunksOf(3)).orElseThrow();
    settled(first.lease(), failed(2), 3, failures(wallets.subList(0, 2)));
    settled(second.lease(), failed(3), 3, failures(wallets.subList(2, 5)));

    assertThat(now(run).tally()).isEqualTo(failed(5));
    var page = syncRuns().failures(run.id(), null, 2);
    assertThat(page.items()).containsExactly(failures(wallets.subList(0, 2)));
    assertThat(page.hasMore()).isTrue();
    var last = syncRuns().failures(run.id(), wallets.get(1).id(), 2);
    assertThat(last.items()).containsExactly(failures(wallets.subList(2, 3)));
    assertThat(last.hasMore()).isFalse();
    assertThat(syncRuns().failures(started(connection).id(), null, 2).items()).isEmpty();
  }

  private static Tally failed(int count) {
    return new Tally(0, 0, count, 0);
  }

  private static Failure[] failures(List<Wallet> wallets) {
    return wallets.stream()
        .map(wallet -> failure(wallet.id()))
        .sorted((a, b) -> a.wallet().compareTo(b.wallet()))
        .toArray(Failure[]::new);
  }

  private static Failure failure(WalletId wallet) {
    return new Failure(wallet, "timeout", "It's late: 'o\"clock.", Examples.MORNING);
  }

  @Test
  default void aRunThatIsOverIsForgottenAfterItsTimeAndItsFailuresBeforeIt() {
    forgotten(Duration.ZERO, 100_000);
    var connection = connected();
    var wallets = wallets(connection, 4);
    var run = started(connection);
    var held = taken(run, chunksOf(3)).orElseThrow();
    settled(held.lease(), failed(3), failures(wallets.subList(0, 3)));
    var abandoned = taken(run, chunksOf(1)).orElseThrow();
    cancelled(run);
    var later = started(connection);
    cancelled(later);
    var running = started(connection);

    assertThat(forgotten(Duration.ofDays(1), 100)).isZero();
    assertThat(forgotten(Duration.ZERO, 2)).isEqualTo(2);
    assertThat(syncRuns().failures(run.id(), null, 5).items()).hasSize(1);
    assertThat(forgotten(Duration.ZERO, 2)).isEqualTo(2);
    assertThat(syncRuns().find(run.id(), Visibility.ALL)).isEmpty();
    assertThat(syncRuns().failures(run.id(), null, 5).items()).isEmpty();
    assertThat(settled(abandoned.lease(), ONE_CHANGED)).isFalse();
    assertThat(now(later).state()).isEqualTo(State.CANCELLED);
    assertThat(forgotten(Duration.ZERO, 2)).isEqualTo(1);
    assertThat(forgotten(Duration.ZERO, 2)).isZero();
    assertThat(now(running).state()).isEqualTo(State.RUNNING);
  }

  private int forgotten(Duration olderThan, int atMost) {
    return transactions().inTransaction(() -> syncRuns().forgetFinished(olderThan, atMost));
  }

  @Test
  default void aRunIsSeenOnlyByWhoSeesAllThatItReaches() {
    var one = connected();
    var two = connected();
    var ofOne = started(one);
    var withinOne = started(new SyncRunFilter.All(), only(one));
    var withinBoth = started(new SyncRunFilter.All(), only(one, two));
    var all = started(new SyncRunFilter.All(), Visibility.ALL);

    assertThat(visible(only(one), ofOne, withinOne, withinBoth, all))
        .containsExactly(withinOne.id(), ofOne.id());
    assertThat(visible(only(two), ofOne, withinOne, withinBoth, all)).isEmpty();
    assertThat(visible(only(one, two), ofOne, withinOne, withinBoth, all))
        .containsExactly(withinBoth.id(), withinOne.id(), ofOne.id());
    assertThat(visible(Visibility.ALL, ofOne, withinOne, withinBoth, all)).hasSize(4);
    List.of(ofOne, withinOne, withinBoth, all).forEach(this::cancelled);
  }

  /** Those that can be found, which must be those that are listed. */
  private List<UUID> visible(Visibility viewer, SyncRun... runs) {
    var listed =
        syncRuns().page(new Query(viewer, null, null, 100_000)).items().stream()
            .map(SyncRun::id)
            .filter(id -> List.of(runs).stream().map(SyncRun::id).anyMatch(id::equals))
            .toList();
    assertThat(
            List.of(runs).reversed().stream()
                .map(SyncRun::id)
                .filter(id -> syncRuns().find(id, viewer).isPresent()))
        .isEqualTo(listed);
    return listed;
  }

  @Test
  default void runsAreListedNewestFirstPageByPageAndByState() {
    var connection = connected();
    var runs = List.of(started(connection), started(connection), started(connection));
    cancelled(runs.get(1));
    var viewer = only(connection);

    var first = syncRuns().page(new Query(viewer, null, null, 2));

    assertThat(first.items())
        .extracting(SyncRun::id)
        .containsExactly(runs.get(2).id(), runs.get(1).id());
    assertThat(first.hasMore()).isTrue();
    assertThat(syncRuns().page(new Query(viewer, null, runs.get(1).id(), 2)).items())
        .extracting(SyncRun::id)
        .containsExactly(runs.get(0).id());
    assertThat(syncRuns().page(new Query(viewer, State.CANCELLED, null, 2)).items())
        .extracting(SyncRun::id)
        .containsExactly(runs.get(1).id());
  }

  @Test
  default void anUnknownRunIsNowhere() {
    var unknown = UUID.randomUUID();
    assertThat(syncRuns().find(unknown, Visibility.ALL)).isEmpty();
    assertThat(transactions().inTransaction(() -> syncRuns().take(unknown, chunksOf(1))))
        .isEqualTo(Optional.empty());
    assertThat(transactions().inTransaction(() -> syncRuns().cancel(unknown))).isFalse();
  }
}
