package io.walletsync.server.http.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.walletsync.core.access.ApiKey;
import io.walletsync.core.access.OpaqueBytes;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * An API key together with a secret that was just made, shown this once.
 *
 * @param previousSecretExpiresAt only after a rotation
 */
@JsonNaming(SnakeCaseStrategy.class)
record NewSecretJson(
    @JsonUnwrapped ApiKeyJson key,
    String secret,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant previousSecretExpiresAt) {
  static NewSecretJson of(ApiKey key, OpaqueBytes secret, @Nullable Instant previousExpiresAt) {
    var text = Base64.getEncoder().encodeToString(secret.toArray());
    return new NewSecretJson(ApiKeyJson.of(key), text, previousExpiresAt);
  }

  @Override
  public String toString() {
    return "NewSecretJson[" + key.keyId() + ", secret hidden]";
  }
}
