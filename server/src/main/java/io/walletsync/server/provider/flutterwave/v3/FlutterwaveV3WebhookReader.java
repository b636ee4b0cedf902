package io.walletsync.server.provider.flutterwave.v3;

import io.walletsync.core.event.ContentKey;
import io.walletsync.core.event.Delivery;
import io.walletsync.core.event.Notice;
import io.walletsync.core.event.Notice.Concern;
import io.walletsync.core.event.WebhookReader;
import io.walletsync.core.wallet.ProviderProfile;
import io.walletsync.server.provider.WebhookProof;
import io.walletsync.server.provider.flutterwave.Announcement;
import tools.jackson.databind.JsonNode;

/**
 * Reads the webhooks of API v3. The proof is the secret hash itself and says nothing of the body
 * (API v3, "Webhooks"), so only the very same bytes are the same event: whoever could pass off
 * another body under a known id would otherwise silence the true one.
 */
final class FlutterwaveV3WebhookReader implements WebhookReader {
  @Override
  public ProviderProfile profile() {
    return FlutterwaveV3BalanceProvider.PROFILE;
  }

  @Override
  public boolean isGenuine(Delivery delivery, String secret) {
    return delivery
        .header("verif-hash")
        .map(presented -> WebhookProof.isSame(secret, presented))
        .orElse(false);
  }

  @Override
  public Notice read(byte[] body) {
    var announced = Announcement.open(body);
    var event = Announcement.name(announced.path("event"));
    // the older form of the body has only this name, with a dot in it
    var name = event == null ? Announcement.name(announced.path("event.type")) : event;
    return new Notice(
        name == null ? Notice.UNKNOWN : name,
        null,
        ContentKey.ofBody(body),
        event == null ? new Concern.Everything() : concern(event, announced.path("data")));
  }

  /**
   * By the event: a refund and a virtual card's debit come without one and name no currency, and a
   * bill's payment is documented without its body.
   */
  private static Concern concern(String event, JsonNode data) {
    return switch (event) {
      case "charge.completed" -> Announcement.concern(data.path("currency"));
      // what is sent, and the wallet that pays for it
      case "transfer.completed" ->
          Announcement.concern(data.path("currency"), data.path("debit_currency"));
      case "subscription.cancelled", "bvn.completed" -> new Concern.Nothing();
      default -> new Concern.Everything();
    };
  }
}
