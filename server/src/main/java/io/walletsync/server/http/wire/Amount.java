package io.walletsync.server.http.wire;

import com.fasterxml.jackson.annotation.JsonValue;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Money;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** An exported amount: in CSV a number, which may begin with a minus; in JSON the usual text. */
public record Amount(@JsonValue String text) {
  public static @Nullable Amount of(@Nullable Money money) {
    return money == null ? null : new Amount(money.toDecimalString());
  }

  public static @Nullable Amount of(@Nullable BigDecimal amount, CurrencyCode currency) {
    return amount == null ? null : new Amount(currency.write(amount));
  }

  @Override
  public String toString() {
    return text;
  }
}
