package io.walletsync.server.provider.flutterwave.v4;

import io.walletsync.core.event.ContentKey;
import io.walletsync.core.event.Delivery;
import io.walletsync.core.event.Notice;
import io.walletsync.core.event.Notice.Concern;
import io.walletsync.core.event.WebhookReader;
import io.walletsync.core.wallet.ProviderProfile;
import io.walletsync.server.provider.WebhookProof;
import io.walletsync.server.provider.flutterwave.Announcement;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the webhooks of API v4. The proof is an HMAC of the body; the secret itself in its place,
 * as the same page of Flutterwave's compares it (API v4, "Webhooks"), proves nothing and is
 * refused.
 */
final class FlutterwaveV4WebhookReader implements WebhookReader {
  @Override
  public ProviderProfile profile() {
    return FlutterwaveV4BalanceProvider.PROFILE;
  }

  @Override
  public boolean isGenuine(Delivery delivery, String secret) {
    return delivery
        .header("flutterwave-signature")
        .map(
            presented ->
                WebhookProof.isHmacBase64("HmacSHA256", secret, delivery.body(), presented))
        .orElse(false);
  }

  @Override
  public Notice read(byte[] body) {
    var announced = Announcement.open(body);
    var type = Announcement.name(announced.path("type"));
    var newerId = Announcement.name(announced.path("webhook_id"));
    var id = newerId == null ? Announcement.name(announced.path("id")) : newerId;
    var data = announced.path("data");
    return new Notice(
        type == null ? Notice.UNKNOWN : type,
        id,
        contentKey(type, id, data, body),
        type == null ? new Concern.Everything() : concern(type, data));
  }

  /** It is not documented that a repeated delivery keeps its id, so what happened comes first. */
  private static ContentKey contentKey(
      @Nullable String type, @Nullable String eventId, JsonNode data, byte[] body) {
    var id = Announcement.name(data.path("id"));
    var status = Announcement.name(data.path("status"));
    if (type != null && id != null && status != null) {
      return ContentKey.of("content", type, id, status);
    }
    return eventId == null ? ContentKey.ofBody(body) : ContentKey.of("event", eventId);
  }

  private static Concern concern(String type, JsonNode data) {
    return switch (type) {
      case "charge.completed" -> Announcement.concern(data.path("currency"));
      case "transfer.disburse", "transfer.reversal" -> Announcement.concern(transferred(data));
      default -> new Concern.Everything();
    };
  }

  /** Both ends of a transfer, and whatever else it says of what was taken. */
  private static JsonNode[] transferred(JsonNode data) {
    var ends = Stream.of(data.path("source_currency"), data.path("destination_currency"));
    var taken =
        Stream.of(
                data.path("debit_information").path("currency"), data.path("fee").path("currency"))
            .filter(currency -> !currency.isMissingNode());
    return Stream.concat(ends, taken).toArray(JsonNode[]::new);
  }
}
