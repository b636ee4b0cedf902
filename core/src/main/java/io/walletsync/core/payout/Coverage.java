package io.walletsync.core.payout;

import io.walletsync.core.balance.WalletBalanceSnapshot;
import io.walletsync.core.movement.ProviderMovement;
import io.walletsync.core.payout.Reservation.Ended;
import io.walletsync.core.payout.Reservation.State;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides which reservations of one locked wallet are covered: whose money has left it so that the
 * newest balance shows that. Where two could have taken the same money it holds both: of what went
 * out of a wallet never more is counted than did.
 */
final class Coverage {
  /** By how much a provider's clock may differ from the database's. */
  static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

  static final String BY = "payout";

  /** Before the first snapshot of a wallet. */
  private static final long NONE = 0;

  private final Instant now;
  private final Map<UUID, Reservation> open = new HashMap<>();
  private final List<Reservation> ended;
  private final List<Reservation> covered = new ArrayList<>();

  /**
   * Begins with what is known.
   *
   * @param ended those that ended since the oldest open one was made
   */
  Coverage(Instant now, Collection<Reservation> open, Collection<Reservation> ended) {
    this.now = now;
    open.forEach(it -> this.open.put(it.id(), it));
    this.ended = new ArrayList<>(ended);
  }

  /**
   * A movement of its name covers one, once a balance was asked for after the movement was there.
   * Not while a change that was counted for another one may have shown this very movement.
   *
   * @param movements those that have the name of one that is open or was covered
   * @param askedAt when the call behind the newest balance started
   * @param newest the sequence of the newest snapshot
   */
  void byMovements(Collection<ProviderMovement> movements, Instant askedAt, long newest) {
    var free = notTaken(movements, askedAt);
    var inQuestion = newestInQuestion(free);
    for (var one : inOrder()) {
      if (one.made().sequence() >= inQuestion) {
        claim(one, free).ifPresent(it -> end(one, newest, it.key()));
      }
    }
  }

  /**
   * Whether a change that was counted for another one since this one was made may have shown that
   * this one left.
   */
  boolean isInQuestion(Reservation one, Collection<ProviderMovement> movements, Instant askedAt) {
    return one.made().sequence() < newestInQuestion(notTaken(movements, askedAt));
  }

  /**
   * The newest change that may have been counted for one payout and have shown another. Where no
   * movement proves whose it was, it may have been that of any payout made before; and the change
   * that was counted for that one, of any made before that, and so on.
   */
  private long newestInQuestion(List<ProviderMovement> free) {
    var newest =
        claimForThoseCoveredByReadings(free).stream()
            .mapToLong(it -> endOf(it).sequence())
            .max()
            .orElse(NONE);
    var reached = NONE;
    while (reached < newest) {
      reached = newest;
      for (var it : ended) {
        if (isCoveredByReading(it) && it.made().sequence() < reached) {
          newest = Math.max(newest, endOf(it).sequence());
        }
      }
    }
    return newest;
  }

  /** Those movements that the balance shows and that cover nothing yet. */
  private List<ProviderMovement> notTaken(Collection<ProviderMovement> movements, Instant askedAt) {
    var taken = ended.stream().flatMap(it -> movementOf(it).stream()).collect(Collectors.toSet());
    return new ArrayList<>(
        movements.stream().filter(it -> isIn(it, askedAt) && !taken.contains(it.key())).toList());
  }

  /** Takes the movements of those that readings covered, and returns those that have none. */
  private List<Reservation> claimForThoseCoveredByReadings(List<ProviderMovement> free) {
    return ended.stream()
        .filter(it -> isCoveredByReading(it) && claim(it, free).isEmpty())
        .toList();
  }

  private static Optional<String> movementOf(Reservation one) {
    return Optional.ofNullable(endOf(one).movement());
  }

  private static Optional<ProviderMovement> claim(Reservation one, List<ProviderMovement> free) {
    var found = free.stream().filter(it -> isOf(one, it)).findFirst();
    found.ifPresent(free::remove);
    return found;
  }

  static boolean isCoveredByReading(Reservation one) {
    return one.state() == State.COVERED && endOf(one).movement() == null;
  }

  private static Ended endOf(Reservation one) {
    return Objects.requireNonNull(one.ended());
  }

  /** Whether it is named as the payout is, and takes at least as much, and not before. */
  static boolean isOf(Reservation one, ProviderMovement movement) {
    return one.movementName().equals(movement.reference())
        && movement.difference().amount().negate().compareTo(one.amount().amount()) >= 0
        && movement.occurredAt().isAfter(one.made().at().minus(CLOCKS_DIFFER));
  }

  /** Whether the newest balance was certainly asked for when the movement had happened. */
  static boolean isIn(ProviderMovement movement, Instant askedAt) {
    return askedAt.isAfter(movement.importedAt().plus(CLOCKS_DIFFER))
        && askedAt.isAfter(movement.occurredAt().plus(CLOCKS_DIFFER));
  }

  /** What went out from one snapshot to the next covers what was confirmed, as far as it goes. */
  void byChange(WalletBalanceSnapshot before, WalletBalanceSnapshot after) {
    var sequence = after.sequence();
    var outflow =
        before.balance().available().amount().subtract(after.balance().available().amount());
    var left = outflow;
    for (var it : ended) {
      if (mayHaveTakenFrom(it, before, sequence)) {
        left = left.subtract(it.amount().amount());
      }
    }
    for (var one : closestFirst(left)) {
      if (canBeCovered(one, after) && one.amount().amount().compareTo(left) <= 0) {
        left = left.subtract(one.amount().amount());
        end(one, sequence, null);
      }
    }
    open.replaceAll(
        (_, it) -> it.confirmed() == null ? it : it.examined(Math.max(it.examined(), sequence)));
  }

  /** Whether the payout of one that ended may be part of what this change shows. */
  private static boolean mayHaveTakenFrom(
      Reservation one, WalletBalanceSnapshot before, long sequence) {
    var end = endOf(one);
    if (one.made().sequence() >= sequence) {
      return false;
    }
    if (end.state() == State.RELEASED) {
      // one that was sent may have left and come back, so that the next change may show it still
      return !end.neverLeft() && !before.callStartedAt().isAfter(end.at());
    }
    // also where an earlier change was not counted for it: the one that was may have shown another
    return sequence <= end.sequence();
  }

  private static boolean canBeCovered(Reservation one, WalletBalanceSnapshot after) {
    var confirmed = one.confirmed();
    return confirmed != null
        && confirmed.movementReference() == null
        && one.examined() < after.sequence()
        && one.made().sequence() < after.sequence()
        && one.made().at().isBefore(after.callStartedAt());
  }

  /** One of exactly that amount is the likeliest; else the one that was sent first. */
  private List<Reservation> closestFirst(BigDecimal left) {
    return inOrder().stream()
        .sorted(Comparator.comparing(it -> it.amount().amount().compareTo(left) != 0))
        .toList();
  }

  private List<Reservation> inOrder() {
    return open.values().stream()
        .sorted(Comparator.comparing((Reservation it) -> sentAt(it)).thenComparing(Reservation::id))
        .toList();
  }

  private static Instant sentAt(Reservation one) {
    var confirmed = one.confirmed();
    return confirmed == null ? one.made().at() : confirmed.at();
  }

  private void end(Reservation one, long sequence, @Nullable String movement) {
    var over = one.ended(new Ended(State.COVERED, now, BY, sequence, movement, null, false));
    open.remove(one.id());
    ended.add(over);
    covered.add(over);
  }

  /** Those that were found covered. */
  List<Reservation> covered() {
    return covered;
  }

  /** Those whose money is still set aside, as they are now. */
  Collection<Reservation> stillOpen() {
    return open.values();
  }
}
