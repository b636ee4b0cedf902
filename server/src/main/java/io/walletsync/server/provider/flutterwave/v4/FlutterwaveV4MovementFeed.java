package io.walletsync.server.provider.flutterwave.v4;

import io.walletsync.core.movement.MovementFeed;
import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.provider.ProviderFailure.Reason;
import io.walletsync.core.wallet.Connections.OpenConnection;
import io.walletsync.core.wallet.Holding;
import io.walletsync.core.wallet.ProviderProfile;
import io.walletsync.server.provider.Deadline;
import io.walletsync.server.provider.ProviderCalls.Result;
import io.walletsync.server.provider.StrictJson;
import io.walletsync.server.provider.UnreadableReply;
import io.walletsync.server.provider.flutterwave.PathElement;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads {@code GET /wallets/statement} (API v4, "Get wallet statement") by its cursors. Those are
 * times, so that rows of one moment may be repeated where a page ends, or be missed: the chain of
 * balances shows which.
 */
final class FlutterwaveV4MovementFeed implements MovementFeed {
  /** The most that is documented. */
  private static final int ROWS = 50;

  private static final Pattern CURSOR = Pattern.compile("[\\x21-\\x7e]{1,256}");

  private final V4Calls calls;

  FlutterwaveV4MovementFeed(V4Calls calls) {
    this.calls = calls;
  }

  @Override
  public ProviderProfile profile() {
    return FlutterwaveV4BalanceProvider.PROFILE;
  }

  @Override
  public Reply read(
      OpenConnection connection,
      Holding holding,
      Window window,
      @Nullable String page,
      Duration deadline) {
    var first =
        "/wallets/statement?currency=%s&from=%s&to=%s&size=%d"
            .formatted(
                PathElement.of(holding.currency().value()),
                PathElement.of(window.from().truncatedTo(ChronoUnit.MILLIS).toString()),
                PathElement.of(window.until().truncatedTo(ChronoUnit.MILLIS).toString()),
                ROWS);
    var target = page == null ? first : first + "&next=" + PathElement.of(page);
    return switch (calls.get(connection, target, Deadline.in(deadline))) {
      case Result.Failed(var failure) -> new Reply.Failure(failure);
      case Result.Refused(_, var body, var failure) -> refused(body, failure);
      case Result.Answer(var body) -> answered(body, holding, page);
    };
  }

  private static Reply refused(byte[] body, ProviderFailure failure) {
    try {
      return new Reply.Failure(
          Envelope.open(body) instanceof Envelope.No no ? no.failure(failure) : failure);
    } catch (UnreadableReply e) {
      return new Reply.Failure(failure);
    }
  }

  private static Reply answered(byte[] body, Holding holding, @Nullable String page) {
    try {
      return switch (Envelope.open(body)) {
        case Envelope.Data(var data) -> rows(StrictJson.requireObject(data), holding, page);
        case Envelope.No no ->
            new Reply.Failure(
                no.failure(
                    ProviderFailure.of(
                        Reason.REJECTED, "Flutterwave answered that the call failed.")));
      };
    } catch (UnreadableReply e) {
      return new Reply.Failure(
          ProviderFailure.of(
              Reason.UNREADABLE, "Flutterwave's statement is not what Flutterwave documents."));
    }
  }

  private static Reply rows(JsonNode data, Holding holding, @Nullable String page)
      throws UnreadableReply {
    return new Reply.Rows(
        Statement.read(StrictJson.array(data, "transactions"), holding.currency()),
        next(StrictJson.requireObject(data.path("cursor")), page));
  }

  private static Optional<String> next(JsonNode cursor, @Nullable String page)
      throws UnreadableReply {
    if (!StrictJson.bool(cursor, "has_more_items")) {
      return Optional.empty();
    }
    var next = StrictJson.text(cursor, "next");
    // a page that names itself as the next one would be read for ever
    if (!CURSOR.matcher(next).matches() || next.equals(page)) {
      throw new UnreadableReply();
    }
    return Optional.of(next);
  }
}
