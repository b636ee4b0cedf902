package io.walletsync.core.rule;

import io.walletsync.core.kernel.InvalidValue;
import java.util.Locale;

/** How urgent an alert is; the names are stored. */
public enum Severity {
  WARNING,
  CRITICAL;

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The severity of that code, or {@link InvalidValue}. */
  public static Severity of(String code) {
    return switch (code) {
      case "warning" -> WARNING;
      case "critical" -> CRITICAL;
      default -> throw new InvalidValue("must be warning or critical");
    };
  }
}
