package io.walletsync.server.provider.flutterwave.v4;

import io.walletsync.core.balance.Balance;
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
import io.walletsync.server.provider.flutterwave.PathElement;
import io.walletsync.server.provider.flutterwave.v4.V4Calls.Hosts;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Reads a merchant's wallets: only what they can spend, for API v4 reports no more. */
final class FlutterwaveV4BalanceProvider implements BalanceProvider {
  private static final String WEBHOOK_SECRET_HASH = "webhook_secret_hash";
  static final ProviderProfile PROFILE =
      new ProviderProfile(
          new ProviderId("flutterwave"),
          "v4",
          new CredentialRules(
              Set.of("client_id", "client_secret", WEBHOOK_SECRET_HASH),
              "client_id",
              "client_secret",
              WEBHOOK_SECRET_HASH,
              false),
          ProviderAccounts.NONE,
          null,
          true,
          CallBudget.UNLIMITED);

  private final V4Calls calls;

  FlutterwaveV4BalanceProvider(ProviderCalls calls, FlutterwaveV4Tokens tokens, Hosts hosts) {
    this(new V4Calls(calls, tokens, hosts));
  }

  FlutterwaveV4BalanceProvider(V4Calls calls) {
    this.calls = calls;
  }

  @Override
  public ProviderProfile profile() {
    return PROFILE;
  }

  @Override
  public Reply fetch(OpenConnection connection, Set<Holding> wanted, Duration deadline) {
    var currency = wanted.size() == 1 ? wanted.iterator().next().currency() : null;
    var all = "/wallets/balances";
    var target = currency == null ? all : all + "/" + PathElement.of(currency.value());
    var isOne = currency != null;
    return switch (calls.get(connection, target, Deadline.in(deadline))) {
      case Result.Failed(var failure) -> new Reply.Failure(failure);
      case Result.Refused(_, var body, var failure) -> refused(isOne, body, failure);
      case Result.Answer(var body) -> answered(isOne, body);
    };
  }

  private static Reply answered(boolean isOne, byte[] body) {
    try {
      return switch (Envelope.open(body)) {
        case Envelope.Data(var data) ->
            reading(isOne ? List.of(Spendable.read(data)) : Spendable.readAll(data));
        case Envelope.No no ->
            no(
                isOne,
                no,
                ProviderFailure.of(Reason.REJECTED, "Flutterwave answered that the call failed."));
      };
    } catch (UnreadableReply e) {
      return new Reply.Failure(
          ProviderFailure.of(
              Reason.UNREADABLE, "Flutterwave's reply is not what Flutterwave documents."));
    }
  }

  private static Reply refused(boolean isOne, byte[] body, ProviderFailure failure) {
    try {
      return Envelope.open(body) instanceof Envelope.No no
          ? no(isOne, no, failure)
          : new Reply.Failure(failure);
    } catch (UnreadableReply e) {
      return new Reply.Failure(failure);
    }
  }

  /** What is not found where one currency was named is its wallet. */
  private static Reply no(boolean isOne, Envelope.No no, ProviderFailure otherwise) {
    return isOne && no.isNotFound() ? reading(List.of()) : new Reply.Failure(no.failure(otherwise));
  }

  private static Reply reading(Collection<Money> amounts) {
    return new Reply.Reading(
        amounts.stream()
            .map(
                amount ->
                    new AccountBalance("", Balance.available(amount), null, null, Metadata.NONE))
            .toList());
  }
}
