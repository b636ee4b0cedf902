package io.walletsync.server.provider.flutterwave.v3;

import io.walletsync.core.balance.Balance;
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
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Reads the wallets of a merchant's main account and of its payout sub-accounts. Collection
 * sub-accounts hold no money, so they are no accounts here.
 */
final class FlutterwaveV3BalanceProvider implements BalanceProvider {
  private static final String WEBHOOK_SECRET_HASH = "webhook_secret_hash";
  static final ProviderProfile PROFILE =
      new ProviderProfile(
          new ProviderId("flutterwave"),
          "v3",
          new CredentialRules(
              Set.of(V3Calls.SECRET_KEY, WEBHOOK_SECRET_HASH),
              V3Calls.SECRET_KEY,
              V3Calls.SECRET_KEY,
              WEBHOOK_SECRET_HASH,
              false),
          new ProviderAccounts(
              ProviderAccounts.Need.OPTIONAL,
              Pattern.compile("PSA[0-9A-Z]{1,61}"),
              "the reference of a payout sub-account, such as PSAE905F542704932282"),
          null,
          false,
          CallBudget.UNLIMITED);

  /** As documented under status 400; other refusals have the same status and differ in words. */
  private static final String NO_SUB_ACCOUNT = "Payout Subaccount not found";

  private final V3Calls calls;

  /**
   * Makes the adapter.
   *
   * @param baseUrl without a slash at its end
   */
  FlutterwaveV3BalanceProvider(ProviderCalls calls, String baseUrl) {
    this.calls = new V3Calls(calls, baseUrl);
  }

  @Override
  public ProviderProfile profile() {
    return PROFILE;
  }

  /** One call lists the main account; a sub-account is asked for each currency. */
  @Override
  public String callFor(Holding holding) {
    var reference = holding.providerAccountId();
    return reference.isEmpty() ? "" : reference + "/" + holding.currency();
  }

  @Override
  public Reply fetch(OpenConnection connection, Set<Holding> wanted, Duration deadline) {
    var call = BalanceCall.of(wanted);
    return switch (calls.get(connection, call.target(), Deadline.in(deadline))) {
      case Result.Failed(var failure) -> new Reply.Failure(failure);
      case Result.Refused(_, var body, var failure) -> refused(call, body, failure);
      case Result.Answer(var body) -> answered(call, body);
    };
  }

  private static Reply answered(BalanceCall call, byte[] body) {
    try {
      return switch (Envelope.open(body)) {
        case Envelope.Data(var data) -> reading(call, data);
        case Envelope.No(var message) -> no(call, message);
      };
    } catch (UnreadableReply e) {
      return failure(Reason.UNREADABLE, "Flutterwave's reply is not what Flutterwave documents.");
    }
  }

  private static Reply reading(BalanceCall call, JsonNode data) throws UnreadableReply {
    return switch (call) {
      case BalanceCall.EveryWallet() ->
          new Reply.Reading(
              Pots.readAll(data).stream().map(balance -> accountBalance("", balance)).toList());
      case BalanceCall.OneWallet _ ->
          new Reply.Reading(List.of(accountBalance("", Pots.read(data))));
      case BalanceCall.SubAccountWallet(var reference, _) ->
          new Reply.Reading(List.of(accountBalance(reference, Pots.read(data))));
    };
  }

  /** Flutterwave's no under a status that is a success. */
  private static Reply no(BalanceCall call, String message) {
    return switch (call) {
      // the only no that is documented for this call: there is no such wallet
      case BalanceCall.OneWallet _ -> new Reply.Reading(List.of());
      case BalanceCall.SubAccountWallet _ when isNoSubAccount(message) -> accountMissing();
      case BalanceCall.EveryWallet _, BalanceCall.SubAccountWallet _ ->
          failure(Reason.REJECTED, "Flutterwave answered that the call failed.");
    };
  }

  private static Reply refused(BalanceCall call, byte[] body, ProviderFailure failure) {
    try {
      return failure.reason() == Reason.REJECTED
              && call instanceof BalanceCall.SubAccountWallet
              && Envelope.open(body) instanceof Envelope.No(var message)
              && isNoSubAccount(message)
          ? accountMissing()
          : new Reply.Failure(failure);
    } catch (UnreadableReply e) {
      return new Reply.Failure(failure);
    }
  }

  private static boolean isNoSubAccount(String message) {
    return message.equalsIgnoreCase(NO_SUB_ACCOUNT);
  }

  private static Reply accountMissing() {
    return failure(
        Reason.ACCOUNT_MISSING, "Flutterwave knows no payout sub-account of this reference.");
  }

  private static AccountBalance accountBalance(String reference, Balance balance) {
    return new AccountBalance(reference, balance, null, null, Metadata.NONE);
  }

  private static Reply failure(Reason reason, String sentence) {
    return new Reply.Failure(ProviderFailure.of(reason, sentence));
  }
}
