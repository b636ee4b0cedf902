package io.walletsync.core.wallet;

import io.walletsync.core.kernel.InvalidValue;
import java.util.regex.Pattern;

/** The name of a payment provider, such as {@code paystack}. */
public record ProviderId(String value) implements Comparable<ProviderId> {
  private static final Pattern ALLOWED = Pattern.compile("[a-z][a-z0-9_]{0,31}");

  public ProviderId {
    if (!ALLOWED.matcher(value).matches()) {
      throw new InvalidValue("must be a provider's name, such as paystack");
    }
  }

  @Override
  public int compareTo(ProviderId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
