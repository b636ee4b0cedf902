package io.walletsync.core.delivery;

import io.walletsync.core.channel.Channel;
import io.walletsync.core.notification.EventFormat;
import io.walletsync.core.notification.Notification;
import io.walletsync.core.notification.Notification.BalanceChanged;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes what is sent of an event: the same text each time, and small enough for every receiver.
 */
public final class Messages {
  /** What Standard Webhooks says a payload should stay below. */
  private static final int MOST_BYTES = 20_000;

  private final EventFormat format;

  public Messages(EventFormat format) {
    this.format = format;
  }

  public String of(Notification notification, Channel.Kind channel) {
    return switch (channel) {
      case WEBHOOK -> payload(notification);
      case SLACK, EMAIL -> PlainWords.of(notification);
    };
  }

  private String payload(Notification notification) {
    var whole = payload(notification, format.write(notification));
    return whole.getBytes(StandardCharsets.UTF_8).length < MOST_BYTES
        ? whole
        : payload(notification, thin(notification));
  }

  private static String payload(Notification notification, String data) {
    return payload(notification.kind().code(), notification.occurredAt().toString(), data);
  }

  /** None of the texts holds a character that JSON escapes. */
  static String payload(String type, String timestamp, String data) {
    return "{\"type\":\"" + type + "\",\"timestamp\":\"" + timestamp + "\",\"data\":" + data + "}";
  }

  /** What names an event whose facts are too long to be sent; the API tells the rest. */
  private static String thin(Notification notification) {
    var about = notification.about().orElse(null);
    return "{\"event_id\":\""
        + notification.id()
        + "\",\"type\":\""
        + notification.kind().code()
        + "\",\"occurred_at\":\""
        + notification.occurredAt()
        + "\",\"wallet_id\":"
        + quoted(about == null ? null : about.wallet())
        + ",\"connection_id\":"
        + quoted(about == null ? null : about.connection())
        + (notification instanceof BalanceChanged changed
            ? ",\"sequence\":" + changed.snapshot().sequence()
            : "")
        + ",\"data\":null,\"truncated\":true}";
  }

  private static String quoted(@Nullable Object id) {
    return id == null ? "null" : "\"" + id + "\"";
  }
}
