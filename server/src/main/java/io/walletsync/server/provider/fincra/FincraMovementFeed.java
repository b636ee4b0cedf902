package io.walletsync.server.provider.fincra;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.movement.MovementFeed;
import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.provider.ProviderFailure.Reason;
import io.walletsync.core.wallet.Connections.OpenConnection;
import io.walletsync.core.wallet.Environment;
import io.walletsync.core.wallet.Holding;
import io.walletsync.core.wallet.ProviderProfile;
import io.walletsync.server.provider.Deadline;
import io.walletsync.server.provider.PageNumber;
import io.walletsync.server.provider.ProviderCalls;
import io.walletsync.server.provider.ProviderCalls.Result;
import io.walletsync.server.provider.UnreadableReply;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code GET /wallets/logs} (API reference, "Get wallet logs"): newest first, of one currency
 * of the business. A row names no wallet, so it is asked first whether the currency has one only.
 * Pages are never counted by {@code total}, which is capped.
 */
final class FincraMovementFeed implements MovementFeed {
  /** The most that is documented. */
  private static final int ROWS = 100;

  private final FincraCalls calls;

  /**
   * Makes the adapter.
   *
   * @param baseUrls of each environment, without a slash at its end
   */
  FincraMovementFeed(ProviderCalls calls, Function<Environment, String> baseUrls) {
    this.calls = new FincraCalls(calls, baseUrls);
  }

  @Override
  public ProviderProfile profile() {
    return FincraProfile.PROFILE;
  }

  @Override
  public Reply read(
      OpenConnection connection,
      Holding holding,
      Window window,
      @Nullable String page,
      Duration deadline) {
    var end = Deadline.in(deadline);
    var wallets = "/wallets?businessID=" + FincraCalls.businessInQuery(connection);
    return switch (calls.get(connection, wallets, end)) {
      case Result.Failed(var failure) -> new Reply.Failure(failure);
      case Result.Refused refused -> new Reply.Failure(Refusal.ofList(refused));
      case Result.Answer(var body) ->
          reply(
              body,
              data -> {
                var reply = whyNot(FincraWallet.read(data.entries()), holding);
                return reply == null
                    ? log(connection, holding, window, PageNumber.of(page), end)
                    : reply;
              });
    };
  }

  /** Null where every row of the currency is of this wallet. */
  private static @Nullable Reply whyNot(List<FincraWallet> wallets, Holding holding) {
    var ofCurrency =
        wallets.stream().filter(wallet -> wallet.currency().equals(holding.currency())).toList();
    if (ofCurrency.stream().noneMatch(w -> w.id().equals(holding.providerAccountId()))) {
      return failure(Reason.ACCOUNT_MISSING, "Fincra lists no such wallet of this business.");
    }
    return ofCurrency.size() == 1
        ? null
        : new Reply.NotOffered(
            "The business has several wallets of this currency, and Fincra's log does not say"
                + " which of them a row is about.");
  }

  private Reply log(
      OpenConnection connection, Holding holding, Window window, int page, Deadline end) {
    var path =
        "/wallets/logs?business=%s&currency=%s&dateFrom=%s&dateTo=%s&perPage=%d&page=%d"
            .formatted(
                FincraCalls.businessInQuery(connection),
                URLEncoder.encode(holding.currency().value(), UTF_8),
                PageNumber.day(window.from(), -1),
                PageNumber.day(window.until(), 1),
                ROWS,
                page);
    return switch (calls.get(connection, path, end)) {
      case Result.Failed(var failure) -> new Reply.Failure(failure);
      case Result.Refused refused -> new Reply.Failure(Refusal.ofList(refused));
      case Result.Answer(var body) ->
          reply(body, data -> rows(data, holding.currency(), window, page));
    };
  }

  private static Reply rows(Envelope.Data data, CurrencyCode currency, Window window, int page)
      throws UnreadableReply {
    var rows = LogMovement.readAll(data.data(), currency);
    var isLast =
        rows.size() < ROWS || window.isPassedBy(rows.stream().map(Row::occurredAt).toList());
    return new Reply.Rows(rows, isLast ? Optional.empty() : Optional.of(PageNumber.after(page)));
  }

  private static Reply reply(byte[] body, DataReader reader) {
    try {
      return switch (Envelope.open(body)) {
        case Envelope.No() -> failure(Reason.REJECTED, "Fincra answered that the call failed.");
        case Envelope.Data data -> reader.reply(data);
      };
    } catch (UnreadableReply e) {
      return failure(Reason.UNREADABLE, "Fincra's log is not what Fincra documents.");
    }
  }

  private static Reply failure(Reason reason, String sentence) {
    return new Reply.Failure(ProviderFailure.of(reason, sentence));
  }

  /** Makes a reply of data that the provider gave. */
  private interface DataReader {
    Reply reply(Envelope.Data data) throws UnreadableReply;
  }
}
