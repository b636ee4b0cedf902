package io.walletsync.core.money;

import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.kernel.Text;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A currency: the ISO 4217 code in upper case, or else the provider's own spelling ({@code eNGN}),
 * 3 to 10 letters or digits.
 */
public record CurrencyCode(String value) implements Comparable<CurrencyCode> {
  private static final Map<String, Currency> ISO =
      Currency.getAvailableCurrencies().stream()
          .collect(Collectors.toUnmodifiableMap(Currency::getCurrencyCode, Function.identity()));

  public CurrencyCode {
    if (!Text.isMadeOf(value, 3, 10, Text::isLetterOrDigit)) {
      throw new InvalidValue("must be a currency code of 3 to 10 letters or digits, such as NGN");
    }
    var upper = value.toUpperCase(Locale.ROOT);
    value = ISO.containsKey(upper) ? upper : value;
  }

  /** How many decimals an amount is at least written with: the ISO digits or 2, if that is more. */
  public int writtenDecimals() {
    var iso = ISO.get(value);
    return iso == null ? 2 : Math.max(2, iso.getDefaultFractionDigits());
  }

  /** An exact amount as the API writes it: plain, with at least the currency's decimals. */
  public String write(BigDecimal amount) {
    var plain = amount.stripTrailingZeros();
    return plain.setScale(Math.max(plain.scale(), writtenDecimals())).toPlainString();
  }

  @Override
  public int compareTo(CurrencyCode other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
