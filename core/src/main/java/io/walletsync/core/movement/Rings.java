package io.walletsync.core.movement;

import io.walletsync.core.money.Money;
import io.walletsync.core.movement.SameTime.Trail;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Rings of movements that follow each other, each of one time, of which it is not known at which
 * balance they begin: held until something that follows says so. All of them begin at the same one,
 * since each ends where it began.
 */
final class Rings {
  /** So many are held at most; where they begin is anybody's guess then. */
  private static final int MOST_HELD = 10_000;

  private final List<Trail> held = new ArrayList<>();
  private List<Money> balances = List.of();
  private int movements;

  boolean isEmpty() {
    return held.isEmpty();
  }

  /** Whether what happened at the next time is a ring too, and may begin where these do. */
  boolean isContinuedBy(List<Trail> trails) {
    return trails.size() == 1 && trails.getFirst().isRing() && mayBegin(trails.getFirst());
  }

  private boolean mayBegin(Trail ring) {
    return !common(ring).isEmpty();
  }

  /** Holds another one, and returns those before it where they cannot begin at one balance. */
  List<ProviderMovement> add(Trail ring) {
    var ended =
        !isEmpty() && (!mayBegin(ring) || movements > MOST_HELD)
            ? end()
            : List.<ProviderMovement>of();
    balances = isEmpty() ? befores(ring.movements()) : common(ring);
    held.add(ring);
    movements += ring.movements().size();
    return ended;
  }

  /** Those held, such that as much as can be of what follows joins them. */
  List<ProviderMovement> endBefore(List<Trail> next) {
    var begins =
        befores(
            next.stream()
                .filter(trail -> !trail.isRing())
                .map(trail -> trail.movements().getFirst())
                .toList());
    var joins = befores(next.stream().flatMap(trail -> trail.movements().stream()).toList());
    return endAt(first(begins).or(() -> first(joins)).orElse(balances.getFirst()));
  }

  /** The first of the balances at which those held may begin that is among these. */
  private Optional<Money> first(List<Money> these) {
    return balances.stream().filter(these::contains).findFirst();
  }

  /** Those held, where nothing tells how they begin. */
  List<ProviderMovement> end() {
    return isEmpty() ? List.of() : endAt(balances.getFirst());
  }

  private List<ProviderMovement> endAt(Money balance) {
    var inOrder = held.stream().flatMap(ring -> ring.from(balance).stream()).toList();
    held.clear();
    movements = 0;
    return inOrder;
  }

  private List<Money> common(Trail ring) {
    var these = Set.copyOf(befores(ring.movements()));
    return balances.stream().filter(these::contains).toList();
  }

  private static List<Money> befores(List<ProviderMovement> movements) {
    return movements.stream()
        .map(ProviderMovement::balanceBefore)
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }
}
