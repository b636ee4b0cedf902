package io.walletsync.core.rule;

import io.walletsync.core.wallet.Visibility;
import java.util.UUID;

/**
 * Who made a rule, for ever: what somebody who sees more relies on is not switched off by who sees
 * less.
 *
 * @param key the internal id of the API key
 * @param limit the connections that it was limited to then
 */
public record Maker(UUID key, Visibility limit) {
  /** Of rules that were made before this was written down: somebody without a limit. */
  public static final Maker UNKNOWN = new Maker(new UUID(0, 0), Visibility.ALL);

  /** Whether a caller who sees the rule may change it: its maker, or who sees at least as much. */
  public boolean lets(UUID caller, Visibility seen) {
    var own = limit.connections();
    return seen.connections() == null
        || key.equals(caller)
        || (own != null && seen.connections().containsAll(own));
  }
}
