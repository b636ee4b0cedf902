package io.walletsync.server.http.wire;

import io.walletsync.core.kernel.InvalidValue;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Reads amounts strictly: a decimal text, without an exponent and without loss. */
public final class DecimalText {
  private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,18})?");

  private DecimalText() {}

  public static BigDecimal parse(String text) {
    if (!DECIMAL.matcher(text).matches()) {
      throw new InvalidValue(
          "must be a decimal text with at most 18 digits before and 18 after the point");
    }
    return new BigDecimal(text);
  }

  /** The same, and not less than zero. */
  public static BigDecimal parseUnsigned(String text) {
    var value = parse(text);
    if (value.signum() < 0) {
      throw new InvalidValue("must not be negative");
    }
    return value;
  }
}
