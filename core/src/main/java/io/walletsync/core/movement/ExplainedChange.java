package io.walletsync.core.movement;

import io.walletsync.core.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What the movements between two snapshots say of the change between them.
 *
 * @param sequence of the later snapshot
 * @param from the time of the earlier snapshot
 * @param to the time of the later snapshot
 * @param explained what the movements add up to
 * @param unexplained the change without them
 * @param movements how many they are
 * @param keys the first of them, in the order of the chain
 */
public record ExplainedChange(
    long sequence,
    Instant from,
    Instant to,
    Money change,
    Money explained,
    Money unexplained,
    long movements,
    List<String> keys,
    State state) {
  public ExplainedChange {
    keys = List.copyOf(keys);
  }

  /** How well a change is explained. */
  public enum State {
    /** The movements add up to it. */
    EXPLAINED,
    /** All movements of its time are imported and do not add up to it. */
    UNEXPLAINED,
    /** They do not add up to it, and not all movements of its time are imported. */
    NOT_IMPORTED;

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
