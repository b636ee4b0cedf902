package io.walletsync.server.provider;

import java.net.URI;
import java.util.Map;

/**
 * Where providers are, if not where they document to be.
 *
 * @param bySetting the address each setting gives, by its name without {@code
 *     WALLETSYNC_PROVIDERS_}, such as {@code PAYSTACK_BASE_URL}
 */
public record ProviderUrls(Map<String, URI> bySetting) {
  public ProviderUrls {
    bySetting = Map.copyOf(bySetting);
  }

  /** The address of a setting without a slash at its end, or the documented one. */
  public String get(String setting, String documented) {
    return bySetting
        .getOrDefault(setting, URI.create(documented))
        .toString()
        .replaceFirst("/+$", "");
  }
}
