package io.walletsync.core.wallet;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The providers this installation can speak to. */
public final class ProviderProfiles {
  private static final String ONLY_ONE = "";

  private final Map<ProviderId, Map<String, ProviderProfile>> byId = new TreeMap<>();

  public ProviderProfiles(Collection<ProviderProfile> profiles) {
    for (var profile : profiles) {
      var versions = byId.computeIfAbsent(profile.id(), _ -> new TreeMap<>());
      if (versions.put(key(profile.apiVersion()), profile) != null) {
        throw new IllegalArgumentException("two adapters for provider " + profile.id());
      }
      if (versions.size() > 1 && versions.containsKey(ONLY_ONE)) {
        throw new IllegalArgumentException("an adapter without version for " + profile.id());
      }
    }
  }

  public Optional<ProviderProfile> find(ProviderId id, @Nullable String apiVersion) {
    return Optional.ofNullable(byId.getOrDefault(id, Map.of()).get(key(apiVersion)));
  }

  /** What a connection speaks to; every connection was made with a profile that exists. */
  public ProviderProfile of(Connection connection) {
    return find(connection.provider(), connection.apiVersion())
        .orElseThrow(
            () -> new IllegalStateException("no adapter for provider " + connection.provider()));
  }

  /**
   * How many calls a connection may make: what it says itself, else what its provider documents.
   */
  public CallBudget budget(Connection connection) {
    return connection
        .callBudget()
        .orElse(
            find(connection.provider(), connection.apiVersion())
                .map(ProviderProfile::documentedBudget)
                .orElse(CallBudget.UNLIMITED));
  }

  public Set<ProviderId> ids() {
    return Collections.unmodifiableSet(byId.keySet());
  }

  /** The versions a connection must choose from; empty where there is nothing to choose. */
  public Set<String> apiVersions(ProviderId id) {
    var versions = new TreeSet<>(byId.getOrDefault(id, Map.of()).keySet());
    versions.remove(ONLY_ONE);
    return versions;
  }

  private static String key(@Nullable String apiVersion) {
    return apiVersion == null ? ONLY_ONE : apiVersion;
  }
}
