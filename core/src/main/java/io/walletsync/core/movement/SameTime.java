package io.walletsync.core.movement;

import io.walletsync.core.money.Money;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The order of movements of one time: that in which each balance before is the balance after of the
 * one before it, as far as they can be put so. It does not depend on the order in which they came.
 */
final class SameTime {
  private static final Comparator<ProviderMovement> BY_KEY =
      Comparator.comparing(ProviderMovement::key);

  private final List<ProviderMovement> left;

  private SameTime(List<ProviderMovement> movements) {
    left = new ArrayList<>(movements.stream().sorted(BY_KEY).toList());
  }

  /** Puts them in order, from the balance before all of them, where that is known. */
  static List<ProviderMovement> inOrder(List<ProviderMovement> movements, @Nullable Money balance) {
    return movements.size() < 2 ? movements : new SameTime(movements).inOrder(balance);
  }

  private List<ProviderMovement> inOrder(@Nullable Money balance) {
    var ordered = new ArrayList<ProviderMovement>();
    var start = balance;
    while (!left.isEmpty()) {
      var trail = trail(start);
      if (trail.isEmpty()) {
        trail = trail(source());
      }
      ordered.addAll(trail);
      start = trail.getLast().balanceAfter();
    }
    return ordered;
  }

  /** Where a trail may begin: a balance that fewer movements lead to than leave it. */
  private @Nullable Money source() {
    return left.stream()
        .map(ProviderMovement::balanceBefore)
        .filter(
            before ->
                left.stream().filter(m -> Objects.equals(m.balanceBefore(), before)).count()
                    > left.stream().filter(m -> Objects.equals(m.balanceAfter(), before)).count())
        .findFirst()
        .orElseGet(() -> left.getFirst().balanceBefore());
  }

  /** Takes movements that follow each other, with the circles that begin and end on their way. */
  private List<ProviderMovement> trail(@Nullable Money from) {
    var trail = walk(from);
    for (var i = 0; i < trail.size(); i++) {
      var before = trail.get(i).balanceBefore();
      var circle = walk(before);
      if (!circle.isEmpty() && Objects.equals(circle.getLast().balanceAfter(), before)) {
        trail.addAll(i, circle);
      } else {
        left.addAll(circle);
        left.sort(BY_KEY);
      }
    }
    return trail;
  }

  private List<ProviderMovement> walk(@Nullable Money from) {
    var walked = new ArrayList<ProviderMovement>();
    var balance = from;
    for (var next = take(balance); next != null; next = take(balance)) {
      walked.add(next);
      balance = next.balanceAfter();
    }
    return walked;
  }

  private @Nullable ProviderMovement take(@Nullable Money before) {
    for (Iterator<ProviderMovement> each = left.iterator(); each.hasNext(); ) {
      var movement = each.next();
      if (Objects.equals(movement.balanceBefore(), before)) {
        each.remove();
        return movement;
      }
    }
    return null;
  }
}
