package io.walletsync.server.provider.paystack;

import io.walletsync.core.event.ContentKey;
import io.walletsync.core.event.Delivery;
import io.walletsync.core.event.Notice;
import io.walletsync.core.event.Notice.Concern;
import io.walletsync.core.event.WebhookReader;
import io.walletsync.core.wallet.ProviderProfile;
import io.walletsync.server.provider.WebhookFields;
import io.walletsync.server.provider.WebhookProof;
import java.util.Optional;

/**
 * Reads Paystack's webhooks (documentation, "Webhooks"): {@code event} and {@code data}, without an
 * id or a time of the event, signed with the secret key of the API.
 */
final class PaystackWebhookReader implements WebhookReader {
  @Override
  public ProviderProfile profile() {
    return PaystackBalanceProvider.PROFILE;
  }

  /** Documentation, "Verify event origin": over the raw bytes, as they were sent. */
  @Override
  public boolean isGenuine(Delivery delivery, String secret) {
    return delivery
        .header("x-paystack-signature")
        .map(proof -> WebhookProof.isHmacHex("HmacSHA512", secret, delivery.body(), proof))
        .orElse(false);
  }

  @Override
  public Notice read(byte[] body) {
    var fields = WebhookFields.of(body);
    var type = fields.type("event");
    return new Notice(
        type,
        null,
        type.equals(Notice.UNKNOWN)
            ? ContentKey.ofBody(body)
            : contentKey(type, fields).orElseGet(() -> ContentKey.ofBody(body)),
        concern(type, fields));
  }

  private static Optional<ContentKey> contentKey(String type, WebhookFields fields) {
    if (type.startsWith("refund.")) {
      // null while pending: then two refunds of one transaction differ in the rest of the body
      return fields
          .id("data", "refund_reference")
          .flatMap(
              refund ->
                  fields
                      .id("data", "transaction_reference")
                      .map(transaction -> ContentKey.of(type, transaction, refund)));
    }
    // with the name of the field, so that an id is never taken for a reference
    return keyed(type, fields, "id")
        .or(() -> keyed(type, fields, "reference"))
        .or(() -> keyed(type, fields, "transfer_code"));
  }

  private static Optional<ContentKey> keyed(String type, WebhookFields fields, String field) {
    return fields.id("data", field).map(value -> ContentKey.of(type, field, value));
  }

  private static Concern concern(String type, WebhookFields fields) {
    return switch (type) {
      case "charge.success",
          "transfer.success",
          "transfer.failed",
          "transfer.reversed",
          "refund.pending",
          "refund.processing",
          "refund.processed",
          "refund.failed",
          "refund.needs-attention",
          "charge.dispute.create",
          "charge.dispute.remind",
          "charge.dispute.resolve",
          // they mirror a charge, which is announced as well; looking twice does no harm
          "paymentrequest.success",
          "invoice.update" ->
          fields.currencies("currency");
      case "dedicatedaccount.assign.success",
          "dedicatedaccount.assign.failed",
          "customeridentification.success",
          "customeridentification.failed" ->
          new Concern.Nothing();
      default -> new Concern.Everything();
    };
  }
}
