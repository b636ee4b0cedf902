package io.walletsync.server.provider.flutterwave.v3;

import io.walletsync.core.movement.MovementFeed;
import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.provider.ProviderFailure.Reason;
import io.walletsync.core.wallet.Connections.OpenConnection;
import io.walletsync.core.wallet.Holding;
import io.walletsync.core.wallet.ProviderProfile;
import io.walletsync.server.provider.Deadline;
import io.walletsync.server.provider.PageNumber;
import io.walletsync.server.provider.ProviderCalls;
import io.walletsync.server.provider.ProviderCalls.Result;
import io.walletsync.server.provider.StrictJson;
import io.walletsync.server.provider.UnreadableReply;
import io.walletsync.server.provider.flutterwave.PathElement;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the statement of a wallet of the main account ({@code GET /wallet/statement}) or of a
 * payout sub-account: newest first, in pages whose size is the provider's, asked for by day.
 */
final class FlutterwaveV3MovementFeed implements MovementFeed {
  private final V3Calls calls;

  /**
   * Makes the adapter.
   *
   * @param baseUrl without a slash at its end
   */
  FlutterwaveV3MovementFeed(ProviderCalls calls, String baseUrl) {
    this.calls = new V3Calls(calls, baseUrl);
  }

  @Override
  public ProviderProfile profile() {
    return FlutterwaveV3BalanceProvider.PROFILE;
  }

  @Override
  public Reply read(
      OpenConnection connection,
      Holding holding,
      Window window,
      @Nullable String page,
      Duration deadline) {
    var number = PageNumber.of(page);
    return switch (calls.get(connection, target(holding, window, number), Deadline.in(deadline))) {
      case Result.Failed(var failure) -> new Reply.Failure(failure);
      case Result.Refused(_, _, var failure) -> new Reply.Failure(failure);
      case Result.Answer(var body) -> reply(body, holding, window, number);
    };
  }

  private static String target(Holding holding, Window window, int page) {
    var reference = holding.providerAccountId();
    return "%s?currency=%s&from=%s&to=%s&page=%d"
        .formatted(
            reference.isEmpty()
                ? "/wallet/statement"
                : "/payout-subaccounts/" + PathElement.of(reference) + "/transactions",
            PathElement.of(holding.currency().value()),
            PageNumber.day(window.from(), -1),
            PageNumber.day(window.until(), 1),
            page);
  }

  private static Reply reply(byte[] body, Holding holding, Window window, int page) {
    try {
      return switch (Envelope.open(body)) {
        case Envelope.Data(var data) -> rows(StrictJson.requireObject(data), holding, window, page);
        case Envelope.No _ ->
            failure(Reason.REJECTED, "Flutterwave answered that the call failed.");
      };
    } catch (UnreadableReply e) {
      return failure(
          Reason.UNREADABLE, "Flutterwave's statement is not what Flutterwave documents.");
    }
  }

  private static Reply rows(JsonNode data, Holding holding, Window window, int page)
      throws UnreadableReply {
    var statement = Statement.read(StrictJson.array(data, "transactions"), holding.currency());
    var pages = StrictJson.integer(StrictJson.requireObject(data.path("page_info")), "total_pages");
    var isLast =
        page >= pages || statement.times().isEmpty() || window.isPassedBy(statement.times());
    return new Reply.Rows(
        statement.rows(), isLast ? Optional.empty() : Optional.of(PageNumber.after(page)));
  }

  private static Reply failure(Reason reason, String sentence) {
    return new Reply.Failure(ProviderFailure.of(reason, sentence));
  }
}
