package io.walletsync.core.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Work that costs less for many than for each: who comes while it is under way waits for the next
 * turn, and all who wait are served by it together. There is no clock in it: who comes alone begins
 * at once, on its own thread, and one of those who waited begins the next turn. A second turn
 * begins beside the first where a whole one waits: it makes none smaller.
 *
 * @param <I> what is to be worked on
 * @param <O> what comes of it
 */
public final class Gathering<I, O> {
  private static final int MOST_UNDER_WAY = 2;

  private final int mostAtOnce;
  private final int mostWaiting;
  private final Function<List<I>, List<O>> together;
  private final Function<List<I>, List<O>> alone;
  private final Predicate<RuntimeException> isUndone;
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<Entry<I, O>> waiting = new ArrayDeque<>();
  private int itemsWaiting;
  private int underWay;

  /**
   * Nobody waits yet.
   *
   * @param mostAtOnce how many items one turn takes, unless a single caller brings more
   * @param mostWaiting how many items may wait; who comes then is {@link Overloaded}
   * @param together the work for all callers of a turn; as many results as items, in their order
   * @param alone the same for one caller, after a turn that failed
   * @param isUndone whether a failed turn certainly changed nothing, so that each of its callers
   *     may be served alone: then the fault of one fails nobody else
   */
  public Gathering(
      int mostAtOnce,
      int mostWaiting,
      Function<List<I>, List<O>> together,
      Function<List<I>, List<O>> alone,
      Predicate<RuntimeException> isUndone) {
    this.mostAtOnce = mostAtOnce;
    this.mostWaiting = mostWaiting;
    this.together = together;
    this.alone = alone;
    this.isUndone = isUndone;
  }

  /** Returns what came of each item, in their order; throws what the work threw. */
  public List<O> submit(List<I> items) {
    var entry = new Entry<I, O>(items);
    var told = begins(entry) ? serve(entry) : entry.told.join();
    if (told instanceof Told.YourTurn<O>) {
      told = serve(entry);
    }
    return switch (told) {
      case Told.Served<O>(var results) -> results;
      case Told.ServeYourself<O>() -> alone.apply(items);
      case Told.Broken<O>(RuntimeException failure) -> throw failure;
      case Told.YourTurn<O>() -> throw new IllegalStateException("a turn is given once");
    };
  }

  /** Whether the caller begins a turn; else it waits. */
  private boolean begins(Entry<I, O> entry) {
    lock.lock();
    try {
      var items = itemsWaiting + entry.items.size();
      if (underWay == 0 || (underWay < MOST_UNDER_WAY && items >= mostAtOnce)) {
        underWay++;
        return true;
      }
      if (!waiting.isEmpty() && items > mostWaiting) {
        throw new Overloaded(itemsWaiting);
      }
      waiting.add(entry);
      itemsWaiting = items;
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Serves the caller and those who wait longest, and returns what is told to the caller. */
  @SuppressWarnings("ThreadPriorityCheck") // it is right without, and serves more at once with it
  private Told<O> serve(Entry<I, O> caller) {
    Thread.yield(); // whoever is about to come comes first; who is alone goes on at once
    var turn = turnOf(caller);
    List<Told<O>> told;
    try {
      told = work(turn);
    } finally {
      handOver(); // whatever happened: those who wait would wait for ever
    }
    for (var i = 1; i < turn.size(); i++) {
      turn.get(i).told.complete(told.get(i));
    }
    return told.getFirst();
  }

  private List<Entry<I, O>> turnOf(Entry<I, O> caller) {
    var turn = new ArrayList<Entry<I, O>>();
    turn.add(caller);
    var items = caller.items.size();
    lock.lock();
    try {
      for (var next = waiting.peek();
          next != null && items + next.items.size() <= mostAtOnce;
          next = waiting.peek()) {
        turn.add(next);
        items += next.items.size();
        leaves(next);
      }
      return turn;
    } finally {
      lock.unlock();
    }
  }

  private List<Told<O>> work(List<Entry<I, O>> turn) {
    try {
      var results = together.apply(turn.stream().flatMap(e -> e.items.stream()).toList());
      var told = new ArrayList<Told<O>>(turn.size());
      var from = 0;
      for (var entry : turn) {
        told.add(new Told.Served<>(results.subList(from, from + entry.items.size())));
        from += entry.items.size();
      }
      return told;
    } catch (RuntimeException e) {
      Told<O> failed =
          turn.size() > 1 && isUndone.test(e) ? new Told.ServeYourself<>() : new Told.Broken<>(e);
      return Collections.nCopies(turn.size(), failed);
    } catch (Error e) {
      // the caller throws it on; the others hear of it
      var broken = new Told.Broken<O>(new IllegalStateException("the turn broke", e));
      turn.stream().skip(1).forEach(entry -> entry.told.complete(broken));
      throw e;
    }
  }

  /** To the first of those who wait, unless the other turn will do for all of them. */
  private void handOver() {
    lock.lock();
    try {
      var next = waiting.peek();
      if (next == null || (underWay > 1 && itemsWaiting < mostAtOnce)) {
        underWay--;
      } else {
        leaves(next);
        next.told.complete(new Told.YourTurn<>());
      }
    } finally {
      lock.unlock();
    }
  }

  /** The first of those who wait does so no longer. */
  private void leaves(Entry<I, O> first) {
    waiting.remove();
    itemsWaiting -= first.items.size();
  }

  /** A caller and what it brought. */
  private static final class Entry<I, O> {
    private final List<I> items;
    private final CompletableFuture<Told<O>> told = new CompletableFuture<>();

    private Entry(List<I> items) {
      this.items = items;
    }
  }

  /** What a caller hears. */
  private sealed interface Told<O> {
    record Served<O>(List<O> results) implements Told<O> {}

    /** Nothing of it happened, and it may be somebody else's fault. */
    record ServeYourself<O>() implements Told<O> {}

    record Broken<O>(RuntimeException failure) implements Told<O> {}

    /** Serve all who wait now, yourself first. */
    record YourTurn<O>() implements Told<O> {}
  }
}
