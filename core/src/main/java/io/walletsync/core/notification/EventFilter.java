package io.walletsync.core.notification;

import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.notification.Notification.About;
import io.walletsync.core.notification.Notification.Kind;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.Wallet;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which events a subscription is told of: those that meet every condition. An empty one is met by
 * all; a condition on wallets is met by no event that is about none.
 *
 * @param metadata what a wallet's own must have, at least
 */
public record EventFilter(
    Set<Kind> kinds,
    Set<UUID> wallets,
    Set<UUID> connections,
    Set<ProviderId> providers,
    Set<String> owners,
    Set<CurrencyCode> currencies,
    Metadata metadata) {
  public static final EventFilter ALL =
      new EventFilter(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Metadata.NONE);

  /** Of each condition; a filter is looked at for every event. */
  public static final int MOST_VALUES = 100;

  public EventFilter {
    kinds = Set.copyOf(kinds);
    wallets = few(wallets);
    connections = few(connections);
    providers = few(providers);
    owners = few(owners);
    currencies = few(currencies);
  }

  private static <T> Set<T> few(Collection<T> values) {
    if (values.size() > MOST_VALUES) {
      throw new InvalidValue("must have at most " + MOST_VALUES + " values");
    }
    return Set.copyOf(values);
  }

  /** Whether the wallet itself must be looked up. */
  public boolean asksForTheWallet() {
    return !providers.isEmpty()
        || !owners.isEmpty()
        || !currencies.isEmpty()
        || !metadata.entries().isEmpty();
  }

  /** Whether an event is wanted as far as can be said without its wallet. */
  public boolean mayWant(Kind kind, @Nullable About about) {
    if (!kinds.isEmpty() && !kinds.contains(kind)) {
      return false;
    }
    if (about == null) {
      return wallets.isEmpty() && connections.isEmpty() && !asksForTheWallet();
    }
    return isMet(wallets, about.wallet().value()) && isMet(connections, about.connection().value());
  }

  /** Whether the rest of the conditions are met; a wallet that is not there meets none. */
  public boolean wants(@Nullable Wallet wallet) {
    if (!asksForTheWallet()) {
      return true;
    }
    return wallet != null
        && isMet(providers, wallet.provider())
        && (owners.isEmpty() || (wallet.ownerId() != null && owners.contains(wallet.ownerId())))
        && isMet(currencies, wallet.currency())
        && wallet.metadata().entries().entrySet().containsAll(metadata.entries().entrySet());
  }

  private static <T> boolean isMet(Set<T> wanted, T value) {
    return wanted.isEmpty() || wanted.contains(value);
  }
}
