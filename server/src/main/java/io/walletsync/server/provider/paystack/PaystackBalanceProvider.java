package io.walletsync.server.provider.paystack;

import io.walletsync.core.balance.Balance;
import io.walletsync.core.balance.ExternalBalanceId;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Money;
import io.walletsync.core.provider.BalanceProvider;
import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.provider.ProviderFailure.Reason;
import io.walletsync.core.wallet.CallBudget;
import io.walletsync.core.wallet.Connections.OpenConnection;
import io.walletsync.core.wallet.CredentialRules;
import io.walletsync.core.wallet.Holding;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.ProviderAccounts;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.ProviderProfile;
import io.walletsync.server.provider.Deadline;
import io.walletsync.server.provider.ProviderCalls;
import io.walletsync.server.provider.ProviderCalls.Result;
import io.walletsync.server.provider.UnreadableReply;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads Paystack's {@code GET /balance}, which tells the amounts, and {@code GET /balance/ledger},
 * which names them where it agrees; without the ledger the amounts stand alone.
 */
final class PaystackBalanceProvider implements BalanceProvider {
  static final ProviderProfile PROFILE =
      new ProviderProfile(
          new ProviderId("paystack"),
          null,
          CredentialRules.single(PaystackCalls.SECRET_KEY),
          ProviderAccounts.NONE,
          Stream.of("NGN", "GHS", "ZAR", "KES", "USD", "XOF")
              .map(CurrencyCode::new)
              .collect(Collectors.toUnmodifiableSet()),
          false,
          CallBudget.UNLIMITED);

  /** The ledger is a bonus: a slow one may not cost the whole deadline of every fetch. */
  private static final Duration LEDGER_PATIENCE = Duration.ofSeconds(3);

  private final PaystackCalls calls;

  /**
   * Makes the adapter.
   *
   * @param baseUrl without a slash at its end
   */
  PaystackBalanceProvider(ProviderCalls calls, String baseUrl) {
    this.calls = new PaystackCalls(calls, baseUrl);
  }

  @Override
  public ProviderProfile profile() {
    return PROFILE;
  }

  @Override
  public Reply fetch(OpenConnection connection, Set<Holding> wanted, Duration deadline) {
    var end = Deadline.in(deadline);
    return switch (calls.get(connection, "/balance", end)) {
      case Result.Failed(var failure) -> new Reply.Failure(failure);
      case Result.Refused(_, _, var failure) -> new Reply.Failure(failure);
      case Result.Answer(var body) -> reply(body, connection, end);
    };
  }

  private Reply reply(byte[] body, OpenConnection connection, Deadline end) {
    try {
      return switch (Envelope.open(body)) {
        case Envelope.No() -> failure(Reason.REJECTED, "Paystack answered that the call failed.");
        case Envelope.Data(var entries) -> reading(BalanceList.read(entries), connection, end);
      };
    } catch (UnreadableReply e) {
      return failure(Reason.UNREADABLE, "Paystack's reply is not what Paystack documents.");
    }
  }

  private Reply reading(Map<CurrencyCode, Money> amounts, OpenConnection connection, Deadline end) {
    var rows = amounts.isEmpty() ? Map.<CurrencyCode, LedgerRow>of() : newestRows(connection, end);
    return new Reply.Reading(
        amounts.values().stream()
            .map(amount -> accountBalance(amount, rows.get(amount.currency())))
            .toList());
  }

  /** Empty where the ledger cannot be had or read: the amounts do not depend on it. */
  private Map<CurrencyCode, LedgerRow> newestRows(OpenConnection connection, Deadline end) {
    var rows = "/balance/ledger?perPage=50&page=1";
    try {
      return switch (calls.get(connection, rows, end.orIn(LEDGER_PATIENCE))) {
        case Result.Failed _, Result.Refused _ -> Map.of();
        case Result.Answer(var body) ->
            switch (Envelope.open(body)) {
              case Envelope.No() -> Map.of();
              case Envelope.Data(var data) -> LedgerRow.newest(data);
            };
      };
    } catch (UnreadableReply e) {
      return Map.of();
    }
  }

  private static AccountBalance accountBalance(Money amount, @Nullable LedgerRow row) {
    var balance = Balance.available(amount);
    // money may have moved between the two calls; then the row is not about this amount
    return row == null || !row.balance().equals(amount)
        ? new AccountBalance("", balance, null, null, Metadata.NONE)
        : new AccountBalance(
            "",
            balance,
            new ExternalBalanceId(Long.toString(row.id())),
            row.createdAt(),
            row.facts());
  }

  private static Reply failure(Reason reason, String sentence) {
    return new Reply.Failure(ProviderFailure.of(reason, sentence));
  }
}
