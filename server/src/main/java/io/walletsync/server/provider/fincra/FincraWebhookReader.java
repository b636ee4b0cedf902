package io.walletsync.server.provider.fincra;

import io.walletsync.core.event.ContentKey;
import io.walletsync.core.event.Delivery;
import io.walletsync.core.event.Notice;
import io.walletsync.core.event.Notice.Concern;
import io.walletsync.core.event.WebhookReader;
import io.walletsync.core.wallet.ProviderProfile;
import io.walletsync.server.provider.WebhookFields;
import io.walletsync.server.provider.WebhookProof;

/**
 * Reads Fincra's webhooks (guides, "Webhooks"): {@code event} and {@code data}, without an id or a
 * time of the event, signed with the webhook secret of the dashboard.
 */
final class FincraWebhookReader implements WebhookReader {
  @Override
  public ProviderProfile profile() {
    return FincraProfile.PROFILE;
  }

  /** Guides, "Validating a webhook": over the raw bytes, as the payload was sent. */
  @Override
  public boolean isGenuine(Delivery delivery, String secret) {
    return delivery
        .header("signature")
        .map(proof -> WebhookProof.isHmacHex("HmacSHA512", secret, delivery.body(), proof))
        .orElse(false);
  }

  @Override
  public Notice read(byte[] body) {
    var fields = WebhookFields.of(body);
    var type = fields.type("event");
    return new Notice(type, null, contentKey(type, fields, body), concern(type, fields));
  }

  /** A reference may pass through several events, and names each of them once. */
  private static ContentKey contentKey(String type, WebhookFields fields, byte[] body) {
    var reference = fields.text("data", "reference");
    if (type.equals(Notice.UNKNOWN) || reference.isEmpty()) {
      return ContentKey.ofBody(body);
    }
    var hasId = type.startsWith("payout.") || type.startsWith("conversion.");
    return ContentKey.of(type, reference.get(), hasId ? fields.id("data", "id").orElse("") : "");
  }

  private static Concern concern(String type, WebhookFields fields) {
    return switch (type) {
      // final, or given back: both in the wallet that was charged
      case "payout.successful", "payout.failed", "conversion.failed" ->
          fields.currencies("sourceCurrency");
      case "conversion.successful" -> fields.currencies("sourceCurrency", "destinationCurrency");
      case "collection.successful" -> fields.currencies("destinationCurrency");
      case "charge.successful", "charge.failed" -> fields.currencies("currency");
      case "collection.failed",
          "virtualaccount.approved",
          "virtualaccount.issued",
          "virtualaccount.changed",
          "virtualaccount.declined",
          "virtualaccount.closed" ->
          new Concern.Nothing();
      default -> new Concern.Everything();
    };
  }
}
