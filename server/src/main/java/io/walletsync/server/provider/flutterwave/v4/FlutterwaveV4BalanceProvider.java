package io.walletsync.server.provider.flutterwave.v4;

import io.walletsync.core.balance.Balance;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Money;
import io.walletsync.core.provider.BalanceProvider;
import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.provider.ProviderFailure.Reason;
import io.walletsync.core.wallet.CallBudget;
import io.walletsync.core.wallet.Connections.OpenConnection;
import io.walletsync.core.wallet.CredentialRules;
import io.walletsync.core.wallet.Environment;
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
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a merchant's wallets: only what they can spend, for API v4 reports no more. A token that is
 * refused in the middle has ended early, so the call is repeated once with another.
 */
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

  private final ProviderCalls calls;
  private final FlutterwaveV4Tokens tokens;
  private final Hosts hosts;

  FlutterwaveV4BalanceProvider(ProviderCalls calls, FlutterwaveV4Tokens tokens, Hosts hosts) {
    this.calls = calls;
    this.tokens = tokens;
    this.hosts = hosts;
  }

  /** Where live and sandbox are, both without a slash at the end. */
  record Hosts(String live, String sandbox) {
    String of(OpenConnection connection) {
      return connection.connection().environment() == Environment.SANDBOX ? sandbox : live;
    }
  }

  @Override
  public ProviderProfile profile() {
    return PROFILE;
  }

  @Override
  public Reply fetch(OpenConnection connection, Set<Holding> wanted, Duration deadline) {
    var end = Deadline.in(deadline);
    var currency = wanted.size() == 1 ? wanted.iterator().next().currency() : null;
    return switch (tokens.get(connection, end)) {
      case Grant.Denied(var failure) -> new Reply.Failure(failure);
      case Grant.Token token -> {
        var reply = ask(connection, currency, token, end);
        yield isUnauthorized(reply)
            ? askAgain(connection, currency, tokens.getInsteadOf(token, connection, end), end)
            : reply;
      }
    };
  }

  private Reply askAgain(
      OpenConnection connection, @Nullable CurrencyCode currency, Grant grant, Deadline end) {
    return switch (grant) {
      case Grant.Denied(var failure) -> new Reply.Failure(failure);
      case Grant.Token token -> ask(connection, currency, token, end);
    };
  }

  private Reply ask(
      OpenConnection connection, @Nullable CurrencyCode currency, Grant.Token token, Deadline end) {
    var all = hosts.of(connection) + "/wallets/balances";
    var url = currency == null ? all : all + "/" + PathElement.of(currency.value());
    var request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Authorization", "Bearer " + token.value())
            .header("Accept", "application/json")
            .build();
    var isOne = currency != null;
    return switch (calls.send(connection.connection(), request, end)) {
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

  private static boolean isUnauthorized(Reply reply) {
    return reply instanceof Reply.Failure(var failure) && failure.reason() == Reason.UNAUTHORIZED;
  }
}
