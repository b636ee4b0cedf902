package io.walletsync.core.wallet;

import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.kernel.Text;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a provider wants to see before it answers. Never printed: {@code toString} hides it all. */
public record Credentials(Map<String, String> fields) {
  private static final int SHORTEST_WITH_HINT = 16;

  public Credentials {
    fields = Map.copyOf(fields);
    for (var value : fields.values()) {
      if (!Text.isMadeOf(value, 1, 512, character -> character >= 0x21 && character <= 0x7e)) {
        throw new InvalidValue("must be 1 to 512 printable ASCII characters without spaces");
      }
    }
  }

  /** The value of a field that the provider's profile requires. */
  public String get(String field) {
    var value = fields.get(field);
    if (value == null) {
      throw new IllegalStateException("the credentials lack " + field);
    }
    return value;
  }

  /**
   * The last four characters of a field, or null where it is so short that they would give it away.
   */
  public @Nullable String hint(String field) {
    var value = get(field);
    return value.length() < SHORTEST_WITH_HINT ? null : value.substring(value.length() - 4);
  }

  @Override
  public String toString() {
    return "Credentials[hidden]";
  }
}
