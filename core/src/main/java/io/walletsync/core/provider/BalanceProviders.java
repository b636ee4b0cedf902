package io.walletsync.core.provider;

import io.walletsync.core.wallet.Connection;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.ProviderProfiles;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All provider adapters of this installation. */
public final class BalanceProviders {
  private final Map<Key, BalanceProvider> byKey;

  public BalanceProviders(Collection<? extends BalanceProvider> providers) {
    byKey =
        providers.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    provider -> new Key(provider.profile().id(), provider.profile().apiVersion()),
                    Function.identity()));
  }

  /** The adapter that speaks to the provider of a connection. */
  public BalanceProvider get(Connection connection) {
    var provider = byKey.get(new Key(connection.provider(), connection.apiVersion()));
    if (provider == null) {
      throw new IllegalStateException("no adapter for provider " + connection.provider());
    }
    return provider;
  }

  public ProviderProfiles profiles() {
    return new ProviderProfiles(byKey.values().stream().map(BalanceProvider::profile).toList());
  }

  private record Key(ProviderId provider, @Nullable String apiVersion) {}
}
