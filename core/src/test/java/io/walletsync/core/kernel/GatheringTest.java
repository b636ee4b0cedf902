package io.walletsync.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.core.Concurrently;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class GatheringTest {
  private static final Executor THREADS = task -> Thread.ofVirtual().start(task);

  private static final int FEW = 10;
  private static final int ENOUGH = 100_000;

  private final List<List<Integer>> turns = new CopyOnWriteArrayList<>();
  private final CountDownLatch firstIsUnderWay = new CountDownLatch(1);
  private final CountDownLatch secondIsUnderWay = new CountDownLatch(1);
  private final CountDownLatch firstMayEnd = new CountDownLatch(1);

  @Test
  void whoComesAloneIsServedAtOnceOnTheOwnThread() {
    var gathering =
        gathering(10, items -> items.stream().map(_ -> Thread.currentThread().toString()).toList());

    assertThat(gathering.submit(List.of(1))).containsExactly(Thread.currentThread().toString());
    assertThat(turns).containsExactly(List.of(1));
  }

  @Test
  void thoseWhoComeMeanwhileAreServedTogetherInTheirOrder() {
    var gathering = blockedBehind(100, GatheringTest::doubled);
    var first = submit(gathering, 1);
    await(firstIsUnderWay);

    var others = IntStream.rangeClosed(2, 5).mapToObj(i -> queue(gathering, i)).toList();
    firstMayEnd.countDown();

    assertThat(first.join()).containsExactly(2);
    assertThat(others.stream().map(CompletableFuture::join))
        .containsExactly(List.of(4), List.of(6), List.of(8), List.of(10));
    assertThat(turns).containsExactly(List.of(1), List.of(2, 3, 4, 5));
  }

  @Test
  void aTurnTakesNoMoreThanItMayButACallerIsNeverSplit() {
    var gathering = blockedBehind(3, GatheringTest::doubled);
    var first = submit(gathering, 1);
    await(firstIsUnderWay);
    var second = submit(gathering, 1, 1, 1);
    await(secondIsUnderWay);

    var others =
        List.of(
            queue(gathering, 2, 3),
            queue(gathering, 4, 5),
            queue(gathering, 6, 7, 8, 9),
            queue(gathering, 10));
    firstMayEnd.countDown();

    first.join();
    second.join();
    assertThat(others.stream().map(CompletableFuture::join))
        .containsExactly(List.of(4, 6), List.of(8, 10), List.of(12, 14, 16, 18), List.of(20));
    assertThat(turns)
        .contains(List.of(6, 7, 8, 9))
        .anyMatch(turn -> Collections.indexOfSubList(turn, List.of(2, 3)) == 0)
        .allMatch(turn -> turn.size() <= 3 || turn.equals(List.of(6, 7, 8, 9)))
        .anyMatch(turn -> Collections.indexOfSubList(turn, List.of(4, 5)) == 0)
        .flatExtracting(turn -> turn)
        .containsExactlyInAnyOrder(1, 1, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
  }

  @Test
  void aSecondTurnBeginsBesideTheFirstOnceAWholeOneWaits() {
    var gathering = blockedBehind(3, GatheringTest::doubled);
    var first = submit(gathering, 1);
    await(firstIsUnderWay);
    var waiting = List.of(queue(gathering, 2), queue(gathering, 3));

    assertThat(gathering.submit(List.of(4))).containsExactly(8);

    assertThat(waiting.stream().map(CompletableFuture::join))
        .containsExactly(List.of(4), List.of(6));
    assertThat(turns).containsExactly(List.of(1), List.of(4, 2, 3));
    assertThat(first).isNotDone();
    firstMayEnd.countDown();
    assertThat(first.join()).containsExactly(2);
  }

  @Test
  void theFaultOfOneFailsNobodyElse() {
    var gathering =
        blockedBehind(
            100,
            items -> {
              if (items.contains(3)) {
                throw new IllegalArgumentException("three");
              }
              return doubled(items);
            });
    var first = submit(gathering, 1);
    await(firstIsUnderWay);

    var good = queue(gathering, 2);
    var bad = queue(gathering, 3);
    var late = queue(gathering, 4);
    firstMayEnd.countDown();

    assertThat(first.join()).containsExactly(2);
    assertThat(good.join()).containsExactly(4);
    assertThat(late.join()).containsExactly(8);
    assertThatThrownBy(bad::join)
        .isInstanceOf(CompletionException.class)
        .hasRootCauseInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatMayHaveHappenedIsNotTriedAgain() {
    var gathering =
        new Gathering<Integer, Integer>(
            100,
            100,
            items -> {
              turns.add(items);
              if (items.contains(1)) {
                firstIsUnderWay.countDown();
                await(firstMayEnd);
                return items;
              }
              throw new IllegalStateException("in doubt");
            },
            _ -> {
              throw new AssertionError("nobody is served alone");
            },
            _ -> false);
    var first = submit(gathering, 1);
    await(firstIsUnderWay);
    var others = List.of(queue(gathering, 2), queue(gathering, 3));
    firstMayEnd.countDown();

    first.join();
    for (var other : others) {
      assertThatThrownBy(other::join).hasRootCauseMessage("in doubt");
    }
    assertThat(turns).containsExactly(List.of(1), List.of(2, 3));
  }

  @Test
  void whoComesWhenEnoughWaitIsTurnedAway() {
    var gathering = blockedBehind(100, GatheringTest::doubled);
    var first = submit(gathering, 1);
    await(firstIsUnderWay);
    var many = queue(gathering, IntStream.range(2, 2 + FEW).boxed().toArray(Integer[]::new));

    assertThatThrownBy(() -> gathering.submit(List.of(99))).isInstanceOf(Overloaded.class);

    firstMayEnd.countDown();
    first.join();
    assertThat(many.join()).hasSize(FEW);
    assertThat(gathering.submit(List.of(99))).containsExactly(198);
  }

  @Test
  void anErrorLeavesNobodyWaiting() {
    var gathering =
        blockedBehind(
            100,
            items -> {
              if (items.contains(2)) {
                throw new AssertionError("broken on purpose");
              }
              return doubled(items);
            });
    var first = submit(gathering, 1);
    await(firstIsUnderWay);
    var breaking = queue(gathering, 2);
    var beside = queue(gathering, 3);
    firstMayEnd.countDown();

    first.join();
    assertThatThrownBy(breaking::join).hasRootCauseInstanceOf(AssertionError.class);
    assertThatThrownBy(beside::join).hasRootCauseInstanceOf(AssertionError.class);
    assertThat(gathering.submit(List.of(4))).containsExactly(8);
  }

  @Test
  void everybodyGetsTheOwnResultHoweverManyCome() {
    var gathering = gathering(7, GatheringTest::doubled);

    var results =
        Concurrently.call(
            200,
            number ->
                IntStream.range(0, 50)
                    .mapToObj(i -> List.of(number * 1_000 + i, -i))
                    .allMatch(items -> gathering.submit(items).equals(doubled(items))));

    assertThat(results).hasSize(200).doesNotContain(false);
    assertThat(turns.stream().mapToInt(List::size).sum()).isEqualTo(200 * 50 * 2);
    assertThat(turns).allSatisfy(turn -> assertThat(turn).hasSizeLessThanOrEqualTo(7));
  }

  private <O> Gathering<Integer, O> gathering(
      int mostAtOnce, Function<List<Integer>, List<O>> work) {
    return gathering(mostAtOnce, ENOUGH, work);
  }

  private <O> Gathering<Integer, O> gathering(
      int mostAtOnce, int mostWaiting, Function<List<Integer>, List<O>> work) {
    return new Gathering<>(
        mostAtOnce,
        mostWaiting,
        items -> {
          turns.add(items);
          return work.apply(items);
        },
        work,
        _ -> true);
  }

  /** The item 1 keeps the others waiting until it may end. */
  private Gathering<Integer, Integer> blockedBehind(
      int mostAtOnce, Function<List<Integer>, List<Integer>> work) {
    return gathering(
        mostAtOnce,
        FEW,
        items -> {
          if (items.contains(1)) {
            (items.size() == 1 ? firstIsUnderWay : secondIsUnderWay).countDown();
            await(firstMayEnd);
          }
          return work.apply(items);
        });
  }

  private static List<Integer> doubled(List<Integer> items) {
    return items.stream().map(i -> i * 2).toList();
  }

  private static CompletableFuture<List<Integer>> submit(
      Gathering<Integer, Integer> gathering, Integer... items) {
    return CompletableFuture.supplyAsync(() -> gathering.submit(List.of(items)), THREADS);
  }

  /** Submits, and returns when it waits in line. */
  private static CompletableFuture<List<Integer>> queue(
      Gathering<Integer, Integer> gathering, Integer... items) {
    var result = new CompletableFuture<List<Integer>>();
    var thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    result.complete(gathering.submit(List.of(items)));
                  } catch (Throwable e) {
                    result.completeExceptionally(new CompletionException(e));
                  }
                });
    while (thread.getState() != Thread.State.WAITING && thread.isAlive()) {
      Thread.onSpinWait();
    }
    return result;
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(Duration.ofSeconds(30).toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("waited too long");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
