package io.walletsync.server.http.subscription;

import io.walletsync.core.channel.Channel;
import io.walletsync.core.channel.TargetRules;
import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.kernel.Text;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.notification.EventFilter;
import io.walletsync.core.notification.Notification;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.server.http.problem.InvalidRequest;
import io.walletsync.server.http.wire.Field;
import io.walletsync.server.http.wire.JsonFields;
import io.walletsync.server.http.wire.UuidText;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads where a subscription goes and what it is told; what it returns is opened after done(). */
final class SubscriptionReader {
  private static final int LONGEST_OWNER = 128;

  private final TargetRules rules;

  SubscriptionReader(TargetRules rules) {
    this.rules = rules;
  }

  /**
   * Whether a change has that object. Null might mean that it stays or that it goes, so it is
   * refused.
   */
  static boolean isGiven(JsonFields fields, String name) {
    if (fields.isNull(name)) {
      fields.optionalObject(name);
      fields.reject(name, "must be an object; leave it out to keep what there is");
    }
    return fields.has(name);
  }

  /** A channel that must be whole. */
  Supplier<Channel> required(JsonFields fields) {
    var channel = fields.requiredObject("channel");
    var kind = channel.requiredText("type", Channel.Kind::of);
    var url = channel.optionalText("url", rules::check);
    var to = channel.optionalList("to", Channel.Email::address);
    if (kind.orNull() == Channel.Kind.EMAIL) {
      require(channel, "to");
      refuse(channel, "url");
    } else if (kind.orNull() != null) {
      require(channel, "url");
      refuse(channel, "to");
    }
    return () -> channel(kind.get(), url, to);
  }

  private static void require(JsonFields channel, String name) {
    if (!channel.has(name)) {
      channel.reject(name, "is required");
    }
  }

  private static void refuse(JsonFields channel, String name) {
    if (channel.has(name)) {
      channel.reject(name, "does not belong to a channel of this type");
    }
  }

  private static Channel channel(Channel.Kind kind, Field<String> url, Field<List<String>> to) {
    return switch (kind) {
      case WEBHOOK -> new Channel.Webhook(url.get());
      case SLACK -> new Channel.Slack(url.get());
      case EMAIL ->
          InvalidRequest.checked("channel.to", () -> new Channel.Email(List.copyOf(to.get())));
    };
  }

  /** What is told; absent, everything is. */
  Supplier<EventFilter> filter(JsonFields fields) {
    var filter = fields.objectOrEmpty("filter");
    var kinds = filter.optionalList("events", SubscriptionReader::kind);
    var wallets = filter.optionalList("wallet_ids", UuidText::parse);
    var connections = filter.optionalList("connection_ids", UuidText::parse);
    var providers = filter.optionalList("providers", ProviderId::new);
    var owners = filter.optionalList("owner_ids", text -> Text.printable(text, LONGEST_OWNER));
    var currencies = filter.optionalList("currencies", CurrencyCode::new);
    var metadata = filter.optionalTextMap("metadata");
    return () ->
        new EventFilter(
            set(kinds),
            set(wallets),
            set(connections),
            set(providers),
            set(owners),
            set(currencies),
            InvalidRequest.checked(
                "filter.metadata", () -> Metadata.of(metadata.orElse(Map.of()))));
  }

  private static Notification.Kind kind(String code) {
    try {
      return Notification.Kind.of(code);
    } catch (InvalidValue _) {
      throw new InvalidValue("must be the type of an event, such as balance.changed");
    }
  }

  private static <T> Set<T> set(Field<List<T>> field) {
    @Nullable List<T> values = field.orNull();
    return values == null ? Set.of() : Set.copyOf(values);
  }
}
