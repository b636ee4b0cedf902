package io.walletsync.server.kafka;

import io.walletsync.core.notification.EventFormat;
import io.walletsync.core.notification.Notification;
import io.walletsync.core.notification.Notification.About;
import io.walletsync.core.notification.Notification.BalanceChanged;
import io.walletsync.core.notification.Notification.Occurrence;
import io.walletsync.core.notification.Notification.ReadingQuarantined;
import io.walletsync.core.notification.Notification.ReadingSettled;
import io.walletsync.core.wallet.WalletId;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * How an event is written to a topic: the Kafka protocol binding of CloudEvents 1.0 in its binary
 * content mode, the JSON of the change feed as the value, and the wallet as the key, so that a
 * wallet's events stay in one partition.
 */
final class CloudEvent {
  private static final String SOURCE = "urn:walletsync";

  /** What is about no wallet keeps its order too; a key of null is refused by compacted topics. */
  private static final UUID NO_WALLET = new UUID(0, 0);

  private final EventFormat format;

  CloudEvent(EventFormat format) {
    this.format = format;
  }

  ProducerRecord<String, byte[]> of(String topic, Notification notification) {
    var wallet = notification.about().map(About::wallet).map(WalletId::value).orElse(null);
    var message =
        new ProducerRecord<>(
            topic,
            (wallet == null ? NO_WALLET : wallet).toString(),
            bytes(format.write(notification)));
    var headers = message.headers();
    add(headers, "ce_specversion", "1.0");
    add(headers, "ce_id", notification.id().toString());
    add(headers, "ce_source", SOURCE);
    add(headers, "ce_type", notification.kind().code());
    add(headers, "ce_time", notification.occurredAt().toString());
    if (wallet != null) {
      add(headers, "ce_subject", wallet.toString());
    }
    var sequence = sequence(notification);
    if (sequence != null) {
      // the extension wants texts whose order is that of the numbers
      add(headers, "ce_sequence", String.format(Locale.ROOT, "%019d", sequence));
    }
    add(headers, "content-type", "application/json");
    return message;
  }

  private static @Nullable Long sequence(Notification notification) {
    return switch (notification) {
      case BalanceChanged changed -> changed.snapshot().sequence();
      case ReadingQuarantined _, ReadingSettled _, Occurrence _ -> null;
    };
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, bytes(value));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
