package io.walletsync.core.rule;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A node's copy of the enabled rules. Whoever needs them reads the version first and gets rules at
 * least as new: the copy is only ever of that version or younger.
 */
public final class RulesInForce {
  private final AlertRules rules;
  private final AtomicReference<Copy> copy = new AtomicReference<>(new Copy(-1, List.of()));

  public RulesInForce(AlertRules rules) {
    this.rules = rules;
  }

  /** Inside the transaction that read the version. */
  public Copy at(long version) {
    var known = copy.get();
    if (known.version == version) {
      return known;
    }
    var read = new Copy(version, rules.all().stream().filter(AlertRule::enabled).toList());
    copy.set(read);
    return read;
  }

  /** The rules of a version. */
  public record Copy(long version, List<AlertRule> all, Map<UUID, AlertRule> byId) {
    public Copy(long version, List<AlertRule> all) {
      this(
          version,
          List.copyOf(all),
          all.stream().collect(Collectors.toUnmodifiableMap(AlertRule::id, Function.identity())));
    }
  }
}
