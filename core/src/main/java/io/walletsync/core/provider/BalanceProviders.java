package io.walletsync.core.provider;

import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.ProviderProfiles;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All provider adapters of this installation. */
public final class BalanceProviders {
  private final Map<ProviderId, BalanceProvider> byId;

  public BalanceProviders(Collection<? extends BalanceProvider> providers) {
    byId =
        providers.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    provider -> provider.profile().id(), Function.identity()));
  }

  /** The adapter of a provider that some wallet is registered at. */
  public BalanceProvider get(ProviderId id) {
    var provider = byId.get(id);
    if (provider == null) {
      throw new IllegalStateException("no adapter for provider " + id);
    }
    return provider;
  }

  public ProviderProfiles profiles() {
    return new ProviderProfiles(byId.values().stream().map(BalanceProvider::profile).toList());
  }
}
