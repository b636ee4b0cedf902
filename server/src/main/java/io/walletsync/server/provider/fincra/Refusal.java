package io.walletsync.server.provider.fincra;

import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.provider.ProviderFailure.Reason;
import io.walletsync.server.provider.ProviderCalls.Result;
import io.walletsync.server.provider.StrictJson;
import io.walletsync.server.provider.UnreadableReply;

/**
 * What Fincra's {@code errorType} adds to a status (API reference, the errors of each endpoint).
 * The gateway before the application answers without one; then the status alone counts.
 */
final class Refusal {
  private Refusal() {}

  /** Why a list of wallets was refused. */
  static ProviderFailure ofList(Result.Refused refused) {
    return refused.status() == 404 && errorType(refused).equals("RESOURCE_NOT_FOUND")
        ? ProviderFailure.of(Reason.FORBIDDEN, "Fincra knows no such business under this key.")
        : ofAny(refused);
  }

  /** Why a wallet was refused. */
  static ProviderFailure ofWallet(Result.Refused refused) {
    return refused.status() == 404 && errorType(refused).equals("RESOURCE_NOT_FOUND")
        ? ProviderFailure.of(Reason.ACCOUNT_MISSING, "Fincra knows no such wallet.")
        : ofAny(refused);
  }

  private static ProviderFailure ofAny(Result.Refused refused) {
    return refused.status() == 403 && errorType(refused).equals("ACCESS_DENIED")
        ? ProviderFailure.of(
            Reason.ADDRESS_REFUSED, "Fincra's list of allowed addresses lacks ours.")
        : refused.failure();
  }

  private static String errorType(Result.Refused refused) {
    try {
      return StrictJson.text(StrictJson.object(refused.body()), "errorType");
    } catch (UnreadableReply e) {
      return "";
    }
  }
}
