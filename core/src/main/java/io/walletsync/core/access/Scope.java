package io.walletsync.core.access;

import io.walletsync.core.kernel.InvalidValue;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an API key may do; a scope to write covers the scope to read the same things. */
public enum Scope {
  /** Wallets, their balances and their history. */
  WALLETS_READ("wallets:read", null),
  WALLETS_WRITE("wallets:write", WALLETS_READ),
  /** Asking a provider for a balance now. */
  BALANCES_SYNC("balances:sync", null),
  /** Planning payouts, setting money aside for them and freeing it again. */
  PAYOUTS_WRITE("payouts:write", null),
  CONNECTIONS_READ("connections:read", null),
  CONNECTIONS_WRITE("connections:write", CONNECTIONS_READ),
  AUDIT_READ("audit:read", null),
  /** What providers announced. */
  EVENTS_READ("events:read", null),
  /** Having it looked at again. */
  EVENTS_WRITE("events:write", EVENTS_READ),
  /** Alerts and the rules that open them. */
  ALERTS_READ("alerts:read", null),
  /** Making rules, and looking after alerts. */
  ALERTS_WRITE("alerts:write", ALERTS_READ),
  /** Who is told of what, and how that goes. */
  WEBHOOKS_READ("webhooks:read", null),
  WEBHOOKS_WRITE("webhooks:write", WEBHOOKS_READ),
  KEYS_READ("keys:read", null),
  KEYS_WRITE("keys:write", KEYS_READ);

  private final String code;
  private final @Nullable Scope implied;

  Scope(String code, @Nullable Scope implied) {
    this.code = code;
    this.implied = implied;
  }

  /** The name that is stored and sent, such as {@code wallets:read}. */
  public String code() {
    return code;
  }

  public boolean covers(Scope required) {
    return this == required || implied == required;
  }

  /** The scope of that name, or {@link InvalidValue}. */
  public static Scope of(String code) {
    return Arrays.stream(values())
        .filter(scope -> scope.code.equals(code))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidValue(
                    "must be one of "
                        + Arrays.stream(values())
                            .map(Scope::code)
                            .collect(Collectors.joining(", "))));
  }
}
