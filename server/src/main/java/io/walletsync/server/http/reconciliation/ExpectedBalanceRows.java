package io.walletsync.server.http.reconciliation;

import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.reconciliation.ExpectBalances.Row;
import io.walletsync.core.reconciliation.ExpectedBalance;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.server.http.problem.InvalidRequest;
import io.walletsync.server.http.wire.DecimalText;
import io.walletsync.server.http.wire.JsonFields;
import io.walletsync.server.http.wire.MomentText;
import io.walletsync.server.http.wire.UuidText;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads what the books say of one wallet, or of many. */
final class ExpectedBalanceRows {
  static final int MOST = 1_000;

  private ExpectedBalanceRows() {}

  /** Reads the whole body, and throws {@link InvalidRequest} if anything is wrong with it. */
  static List<Row> of(WalletId wallet, byte @Nullable [] body) {
    var fields = JsonFields.of(body);
    var row = row(fields, () -> wallet);
    fields.done();
    return List.of(row.get());
  }

  /** The same for a body that names the wallets. */
  static List<Row> many(byte @Nullable [] body) {
    var fields = JsonFields.of(body);
    var rows =
        fields.requiredObjects("expected_balances", MOST).stream()
            .map(
                members -> {
                  var wallet = members.requiredText("wallet_id", UuidText::parse);
                  return row(members, () -> new WalletId(wallet.get()));
                })
            .toList();
    fields.done();
    return rows.stream().map(Supplier::get).toList();
  }

  /** To be opened when nothing was found wrong. */
  private static Supplier<Row> row(JsonFields fields, Supplier<WalletId> wallet) {
    var amount = fields.requiredText("amount", DecimalText::parse);
    var asOf = fields.requiredText("as_of", MomentText::parse);
    var reference = fields.requiredText("reference", ExpectedBalance::checkedReference);
    var currency = fields.optionalText("currency", CurrencyCode::new);
    var tolerance = fields.optionalText("tolerance", DecimalText::parseUnsigned);
    var lag = fields.optionalText("settlement_lag", ExpectedBalanceRows::lag);
    return () ->
        new Row(
            wallet.get(),
            currency.orNull(),
            amount.get(),
            asOf.get(),
            reference.get(),
            tolerance.orElse(BigDecimal.ZERO),
            lag.orElse(ExpectedBalance.USUAL_LAG));
  }

  private static Duration lag(String text) {
    try {
      return ExpectedBalance.checkedLag(Duration.parse(text));
    } catch (DateTimeParseException | ArithmeticException e) {
      throw new InvalidValue("must be a duration of 0 to 7 days in whole seconds, such as PT1H");
    }
  }
}
