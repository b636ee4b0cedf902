package io.walletsync.core.event;

import io.walletsync.core.wallet.ProviderProfile;

/** Driven port: proves and reads what one provider, or one version of its API, announces. */
public interface WebhookReader {
  /** Whose notifications it reads; the profile names the credential that proves them. */
  ProviderProfile profile();

  /**
   * Whether the delivery comes from somebody who knows the secret, by the provider's own rule over
   * the raw bytes and in constant time. Whatever is sent, this throws nothing.
   */
  boolean isGenuine(Delivery delivery, String secret);

  /**
   * What a genuine delivery says. Whatever it contains, this throws nothing: what cannot be read is
   * {@link Notice#UNKNOWN} and concerns everything.
   */
  Notice read(byte[] body);
}
