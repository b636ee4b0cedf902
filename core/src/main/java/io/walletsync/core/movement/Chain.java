package io.walletsync.core.movement;

import io.walletsync.core.money.Money;
import io.walletsync.core.movement.SameTime.Trail;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The chain of a wallet's movements: balance before, difference, balance after, which is the
 * balance before the next. It takes them by time, those of one time in any order, and hands them on
 * in the order of the chain.
 */
final class Chain {
  private final Consumer<Link> links;
  private final List<ProviderMovement> sameTime = new ArrayList<>();
  private final Rings rings = new Rings();
  private @Nullable ProviderMovement last;
  private @Nullable Money balance;

  Chain(Consumer<Link> links) {
    this.links = links;
  }

  /**
   * A movement in its place.
   *
   * @param hole what is missing between the one before it and this one
   */
  record Link(ProviderMovement movement, @Nullable Hole hole) {}

  /** Takes the next movement, none older than those before. */
  void add(ProviderMovement movement) {
    if (!sameTime.isEmpty() && !sameTime.getFirst().occurredAt().equals(movement.occurredAt())) {
      endTime();
    }
    sameTime.add(movement);
  }

  /** Hands on what is still held; no movement of that time may follow. */
  void end() {
    endTime();
    handOn(rings.end());
  }

  private void endTime() {
    var movements = List.copyOf(sameTime);
    sameTime.clear();
    var trails = SameTime.trails(movements, rings.isEmpty() ? balance : null);
    if (!rings.isEmpty() && !rings.isContinuedBy(trails)) {
      handOn(rings.endBefore(trails));
      trails = SameTime.trails(movements, balance);
    }
    trails.forEach(this::take);
  }

  private void take(Trail trail) {
    if (trail.isRing()) {
      handOn(rings.add(trail));
    } else {
      handOn(rings.end());
      handOn(trail.movements());
    }
  }

  private void handOn(List<ProviderMovement> inOrder) {
    for (var movement : inOrder) {
      links.accept(new Link(movement, holeBefore(movement)));
      last = movement;
      balance = balanceAfter(movement);
    }
  }

  private @Nullable Hole holeBefore(ProviderMovement movement) {
    var before = movement.balanceBefore();
    if (last == null || balance == null || before == null || balance.equals(before)) {
      return null;
    }
    return new Hole(
        last.key(),
        last.occurredAt(),
        movement.key(),
        movement.occurredAt(),
        new Money(before.amount().subtract(balance.amount()), before.currency()));
  }

  /** Where a movement does not tell, what the last one that did and all since add up to. */
  private @Nullable Money balanceAfter(ProviderMovement movement) {
    var told = movement.balanceAfter();
    if (told != null || balance == null) {
      return told;
    }
    return new Money(balance.amount().add(movement.difference().amount()), balance.currency());
  }
}
