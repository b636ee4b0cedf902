package io.walletsync.core.rule;

import io.walletsync.core.kernel.Text;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to be told of.
 *
 * @param limit the connections it is limited to, because whoever made it is or its scope is
 * @param maker who may change it beside those who see more
 * @param revision grows with each change of what it says
 * @param inForceSince when it began to say what it says, by the database's clock
 * @param walkDue whether the wallets in its scope have to be looked at as they are
 * @param lookedAt when that was last done; null if never
 */
public record AlertRule(
    UUID id,
    String name,
    Severity severity,
    boolean enabled,
    AlertScope scope,
    Visibility limit,
    Condition condition,
    Maker maker,
    int revision,
    Instant inForceSince,
    boolean walkDue,
    @Nullable Instant lookedAt,
    Instant createdAt,
    Instant updatedAt) {
  public static final int LONGEST_NAME = 128;

  public AlertRule {
    Text.printable(name, LONGEST_NAME);
  }

  public AlertKind kind() {
    return condition.kind();
  }

  /** Whether it is about that wallet, in whatever state that is. */
  public boolean covers(Wallet wallet) {
    return scope.covers(wallet)
        && limit.includes(wallet.connectionId())
        && condition.currency().map(wallet.currency()::equals).orElse(true);
  }

  public boolean judges(Wallet wallet) {
    return enabled && !wallet.isClosed() && covers(wallet);
  }

  /** Whether a caller may see it: what it is about must lie within what the caller sees. */
  public boolean isVisibleTo(Visibility caller) {
    var seen = caller.connections();
    var own = limit.connections();
    return seen == null || (own != null && seen.containsAll(own));
  }
}
