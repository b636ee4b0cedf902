package io.walletsync.core.wallet;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The providers this installation can speak to. */
public final class ProviderProfiles {
  private final Map<ProviderId, ProviderProfile> byId;

  public ProviderProfiles(Collection<ProviderProfile> profiles) {
    byId =
        profiles.stream()
            .collect(
                Collectors.toMap(
                    ProviderProfile::id,
                    Function.identity(),
                    (a, b) -> {
                      throw new IllegalArgumentException("two adapters for provider " + a.id());
                    },
                    TreeMap::new));
  }

  public Optional<ProviderProfile> find(ProviderId id) {
    return Optional.ofNullable(byId.get(id));
  }

  public Set<ProviderId> ids() {
    return byId.keySet();
  }
}
