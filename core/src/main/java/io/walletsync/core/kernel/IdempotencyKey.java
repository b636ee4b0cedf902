package io.walletsync.core.kernel;

import java.util.regex.Pattern;

/** The caller's name for one request, so that repeating it cannot do the work twice. */
public record IdempotencyKey(String value) {
  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_.:-]{1,255}");

  public IdempotencyKey {
    if (!ALLOWED.matcher(value).matches()) {
      throw new InvalidValue("must be 1 to 255 characters out of A-Z a-z 0-9 _ . : -");
    }
  }
}
