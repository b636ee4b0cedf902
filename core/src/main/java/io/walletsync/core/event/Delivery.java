package io.walletsync.core.event;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One request by which somebody, perhaps a provider, announces something.
 *
 * @param headers by their names in lower case
 * @param body the raw bytes, for they are what was signed
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Delivery(Map<String, String> headers, byte[] body) {
  public Delivery {
    headers = Map.copyOf(headers);
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /** Headers carry secrets and bodies carry people's names. */
  @Override
  public String toString() {
    return "Delivery[" + body.length + " bytes]";
  }
}
