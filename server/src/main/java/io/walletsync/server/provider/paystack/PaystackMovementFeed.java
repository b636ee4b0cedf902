package io.walletsync.server.provider.paystack;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import io.walletsync.server.provider.UnreadableReply;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads {@code GET /balance/ledger} (API reference, "Fetch Balance Ledger"): newest first, all
 * currencies of the integration in one list, in pages by offset that shift while rows come in, so
 * that a page may repeat rows of the one before.
 */
final class PaystackMovementFeed implements MovementFeed {
  /** As in the reference's example. */
  private static final int ROWS = 50;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final PaystackCalls calls;

  /**
   * Makes the adapter.
   *
   * @param baseUrl without a slash at its end
   */
  PaystackMovementFeed(ProviderCalls calls, String baseUrl) {
    this.calls = new PaystackCalls(calls, baseUrl);
  }

  @Override
  public ProviderProfile profile() {
    return PaystackBalanceProvider.PROFILE;
  }

  @Override
  public Reply read(
      OpenConnection connection,
      Holding holding,
      Window window,
      @Nullable String page,
      Duration deadline) {
    var number = PageNumber.of(page);
    var path =
        "/balance/ledger?perPage=%d&page=%d&from=%s&to=%s"
            .formatted(ROWS, number, inQuery(window.from()), inQuery(window.until()));
    return switch (calls.get(connection, path, Deadline.in(deadline))) {
      case Result.Failed(var failure) -> new Reply.Failure(failure);
      case Result.Refused(_, _, var failure) -> new Reply.Failure(failure);
      case Result.Answer(var body) -> reply(body, holding, window, number);
    };
  }

  private static Reply reply(byte[] body, Holding holding, Window window, int number) {
    try {
      return switch (Envelope.open(body)) {
        case Envelope.No() -> failure(Reason.REJECTED, "Paystack answered that the call failed.");
        case Envelope.Data(var rows) -> rows(rows, holding, window, number);
      };
    } catch (UnreadableReply e) {
      return failure(Reason.UNREADABLE, "Paystack's ledger is not what Paystack documents.");
    }
  }

  /** A row of another currency must be readable too: one that is not may be of this one. */
  private static Reply rows(JsonNode data, Holding holding, Window window, int number)
      throws UnreadableReply {
    var rows = new ArrayList<Row>();
    var times = new ArrayList<Instant>();
    for (var node : data) {
      var row = LedgerMovement.read(node);
      times.add(row.occurredAt());
      if (row.difference().currency().equals(holding.currency())) {
        rows.add(row);
      }
    }
    var isLast = data.size() < ROWS || window.isPassedBy(times);
    return new Reply.Rows(rows, isLast ? Optional.empty() : Optional.of(PageNumber.after(number)));
  }

  private static String inQuery(Instant time) {
    return URLEncoder.encode(TIME.format(time), UTF_8);
  }

  private static Reply failure(Reason reason, String sentence) {
    return new Reply.Failure(ProviderFailure.of(reason, sentence));
  }
}
