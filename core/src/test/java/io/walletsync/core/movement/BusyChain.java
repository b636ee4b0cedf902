package io.walletsync.core.movement;

import io.walletsync.core.Examples;
import io.walletsync.core.money.Money;
import io.walletsync.core.movement.MovementFeed.Row;
import io.walletsync.core.wallet.Metadata;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Movements of small amounts, several in one second, so that balances come back again and again and
 * their order is often not told by them.
 */
record BusyChain(List<Step> steps, List<Integer> names, boolean isMissingAlone, boolean isWhole) {
  /** What a movement changed, and whether it came in a later second than the one before it. */
  record Step(int difference, boolean isLater, boolean isShown) {}

  /**
   * One whose missing movements are missing.
   *
   * @param isMissingAlone whether each of those was alone in its second
   */
  static BusyChain of(List<Step> steps, boolean isMissingAlone, Random random) {
    // or the order of the keys would be that of the chain
    var names = new ArrayList<>(IntStream.range(0, steps.size()).boxed().toList());
    Collections.shuffle(names, random);
    return new BusyChain(steps, names, isMissingAlone, false);
  }

  BusyChain whole() {
    return new BusyChain(steps, names, isMissingAlone, true);
  }

  private boolean isShown(int place) {
    return isWhole || steps.get(place).isShown;
  }

  /** The shown ones of the first so many, in any order. */
  List<List<Row>> pages(int ofFirst, Random random) {
    var rows =
        new ArrayList<>(
            IntStream.range(0, ofFirst).filter(this::isShown).mapToObj(this::row).toList());
    Collections.shuffle(rows, random);
    return List.of(List.copyOf(rows));
  }

  /** The fewest holes that the shown ones of the first so many leave, however they are ordered. */
  long fewestHoles(int ofFirst) {
    var byBalance = new HashMap<Integer, Long>();
    for (var second : seconds(ofFirst)) {
      var next = new HashMap<Integer, Long>();
      for (var order : orders(second)) {
        var entry = balance(order.getFirst()) - steps.get(order.getFirst()).difference;
        var inside =
            IntStream.range(1, order.size())
                .filter(
                    i ->
                        balance(order.get(i)) - steps.get(order.get(i)).difference
                            != balance(order.get(i - 1)))
                .count();
        var before =
            byBalance.entrySet().stream()
                .mapToLong(known -> known.getValue() + (known.getKey() == entry ? 0 : 1))
                .min()
                .orElse(0);
        next.merge(balance(order.getLast()), before + inside, Math::min);
      }
      byBalance = next;
    }
    return byBalance.values().stream().mapToLong(holes -> holes).min().orElse(0);
  }

  /** Between how many of the first so many something is missing, in the order that was. */
  long trueHoles(int ofFirst) {
    var shown = IntStream.range(0, ofFirst).filter(this::isShown).boxed().toList();
    return IntStream.range(1, shown.size())
        .filter(
            i ->
                balance(shown.get(i)) - steps.get(shown.get(i)).difference
                    != balance(shown.get(i - 1)))
        .count();
  }

  private List<List<Integer>> seconds(int ofFirst) {
    var seconds = new ArrayList<List<Integer>>();
    for (var i = 0; i < ofFirst; i++) {
      if (isShown(i)) {
        if (seconds.isEmpty() || second(seconds.getLast().getFirst()) != second(i)) {
          seconds.add(new ArrayList<>());
        }
        seconds.getLast().add(i);
      }
    }
    return seconds;
  }

  private static List<List<Integer>> orders(List<Integer> of) {
    if (of.size() < 2) {
      return List.of(of);
    }
    var orders = new ArrayList<List<Integer>>();
    for (var first : of) {
      var rest = of.stream().filter(other -> !other.equals(first)).toList();
      for (var order : orders(rest)) {
        var all = new ArrayList<Integer>();
        all.add(first);
        all.addAll(order);
        orders.add(all);
      }
    }
    return orders;
  }

  private int second(int place) {
    // no more than four in one second, or there are too many orders to try
    var second = 0;
    var inIt = 0;
    for (var i = 1; i <= place; i++) {
      inIt++;
      var isAlone = isMissingAlone && (!steps.get(i).isShown || !steps.get(i - 1).isShown);
      if (steps.get(i).isLater || inIt == 4 || isAlone) {
        second++;
        inIt = 0;
      }
    }
    return second;
  }

  private int balance(int place) {
    return IntStream.rangeClosed(0, place).map(i -> steps.get(i).difference).sum();
  }

  private Instant time(int place) {
    return Examples.MORNING.plusSeconds(second(place));
  }

  private Row row(int place) {
    return new Row(
        "m%03d".formatted(names.get(place)),
        time(place),
        money(steps.get(place).difference),
        money(balance(place)),
        null,
        null,
        null,
        Metadata.NONE);
  }

  private static Money money(int amount) {
    return new Money(new BigDecimal(amount), Examples.NGN);
  }
}
