package io.walletsync.core.access;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One label of the {@code Signature-Input} and {@code Signature} headers.
 *
 * @param components the names of the covered components, in the order received
 * @param input the serialised member of {@code Signature-Input}, without its label
 * @param created in seconds since 1970, like {@code expires}
 */
public record ReceivedSignature(
    List<String> components,
    String input,
    @Nullable String keyId,
    @Nullable Long created,
    @Nullable Long expires,
    @Nullable String nonce,
    @Nullable String algorithm,
    OpaqueBytes value) {
  public ReceivedSignature {
    components = List.copyOf(components);
  }
}
