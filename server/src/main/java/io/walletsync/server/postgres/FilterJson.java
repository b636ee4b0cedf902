package io.walletsync.server.postgres;

import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.notification.EventFilter;
import io.walletsync.core.notification.Notification;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.ProviderId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a subscription is told, as the text of a jsonb column. */
final class FilterJson {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private FilterJson() {}

  static String write(EventFilter filter) {
    var json = new LinkedHashMap<String, Object>();
    json.put("kinds", filter.kinds().stream().map(Notification.Kind::code).toList());
    json.put("wallets", filter.wallets());
    json.put("connections", filter.connections());
    json.put("providers", filter.providers().stream().map(ProviderId::value).toList());
    json.put("owners", filter.owners());
    json.put("currencies", filter.currencies().stream().map(CurrencyCode::value).toList());
    json.put("metadata", filter.metadata().entries());
    return MAPPER.writeValueAsString(json);
  }

  static EventFilter read(String text) {
    var json = MAPPER.readTree(text);
    Map<String, String> metadata =
        json.get("metadata").properties().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().stringValue()));
    return new EventFilter(
        set(json, "kinds", Notification.Kind::of),
        set(json, "wallets", UUID::fromString),
        set(json, "connections", UUID::fromString),
        set(json, "providers", ProviderId::new),
        set(json, "owners", Function.identity()),
        set(json, "currencies", CurrencyCode::new),
        Metadata.of(metadata));
  }

  private static <T> Set<T> set(JsonNode json, String name, Function<String, T> value) {
    return json.get(name)
        .valueStream()
        .map(JsonNode::stringValue)
        .map(value)
        .collect(Collectors.toUnmodifiableSet());
  }
}
