package io.walletsync.core.wallet;

/** Which of a provider's hosts a connection speaks to, where the provider has several. */
public enum Environment {
  LIVE,
  SANDBOX
}
