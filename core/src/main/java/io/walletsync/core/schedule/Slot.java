package io.walletsync.core.schedule;

import io.walletsync.core.wallet.ConnectionId;
import java.time.Duration;
import java.time.Instant;

/**
 * The place of a provider call within every interval. Wallets that one call reports share it, so
 * that one call serves them; others lie elsewhere, so that the load is even. It depends on nothing
 * that happened: after an outage everybody finds back to it, and what was missed is not made up.
 *
 * @param phase any number; the place is its remainder
 */
record Slot(long phase) {
  static Slot of(ConnectionId connection, String call) {
    var id = connection.value();
    return new Slot(
        mixed(id.getMostSignificantBits() + mixed(id.getLeastSignificantBits() + call.hashCode())));
  }

  /** The first time of this place at or after a moment; a place in each interval since 1970. */
  Instant atOrAfter(Instant earliest, Duration interval) {
    var length = interval.toMillis();
    var from = ceilMillis(earliest);
    return Instant.ofEpochMilli(from + Math.floorMod(phase - from, length));
  }

  /**
   * When a turn that began at one moment and ends at another is followed by the next one: three
   * quarters of the interval after it began at the earliest, and never in the past.
   */
  Instant after(Instant began, Instant ends, Duration interval) {
    var earliest = began.plus(interval.multipliedBy(3).dividedBy(4));
    return atOrAfter(earliest.isBefore(ends) ? ends : earliest, interval);
  }

  private static long ceilMillis(Instant instant) {
    var millis = instant.toEpochMilli();
    return Instant.ofEpochMilli(millis).isBefore(instant) ? millis + 1 : millis;
  }

  /** Spreads numbers that are much alike, as ids made one after the other are (SplitMix64). */
  private static long mixed(long number) {
    var z = number + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
