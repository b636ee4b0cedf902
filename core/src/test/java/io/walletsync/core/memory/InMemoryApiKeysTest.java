package io.walletsync.core.memory;

import io.walletsync.core.access.ApiKeys;
import io.walletsync.core.access.ApiKeysContract;

class InMemoryApiKeysTest implements ApiKeysContract {
  private final ApiKeys keys = new InMemoryApiKeys();

  @Override
  public ApiKeys keys() {
    return keys;
  }
}
