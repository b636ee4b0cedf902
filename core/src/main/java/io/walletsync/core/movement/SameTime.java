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
 * A trail that ends where it begins may begin at any of its balances; it is told apart, for what
 * comes next may say at which.
 */
final class SameTime {
  private static final Comparator<ProviderMovement> BY_KEY =
      Comparator.comparing(ProviderMovement::key);

  private final List<ProviderMovement> left;

  private SameTime(List<ProviderMovement> movements) {
    left = new ArrayList<>(movements.stream().sorted(BY_KEY).toList());
  }

  /**
   * Trails, one after the other. What is one trail is never broken up.
   *
   * @param balance before all of them, where that is known; a trail begins there if one may
   */
  static List<Trail> trails(List<ProviderMovement> movements, @Nullable Money balance) {
    var trails = new SameTime(movements).trails(null);
    var isOneTrail = trails.size() == 1 && !trails.getFirst().isRing();
    return balance == null || isOneTrail ? trails : new SameTime(movements).trails(balance);
  }

  private List<Trail> trails(@Nullable Money balance) {
    var trails = new ArrayList<Trail>();
    var trail = trail(balance);
    if (!trail.isEmpty()) {
      trails.add(new Trail(trail, false));
    }
    while (!left.isEmpty()) {
      var source = source();
      var start = source == null ? left.getFirst().balanceBefore() : source;
      trails.add(new Trail(trail(start), source == null && start != null));
    }
    return trails;
  }

  /** Where a trail must begin: a balance that fewer movements lead to than leave it. */
  private @Nullable Money source() {
    return left.stream()
        .map(ProviderMovement::balanceBefore)
        .filter(
            before ->
                left.stream().filter(m -> Objects.equals(m.balanceBefore(), before)).count()
                    > left.stream().filter(m -> Objects.equals(m.balanceAfter(), before)).count())
        .findFirst()
        .orElse(null);
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

  /**
   * Movements that follow each other.
   *
   * @param isRing whether it ends where it begins, so that it may begin at each of its balances
   */
  record Trail(List<ProviderMovement> movements, boolean isRing) {
    /** The same ring from one of its balances on. */
    List<ProviderMovement> from(Money balance) {
      return new SameTime(movements).trail(balance);
    }
  }
}
