package io.walletsync.server.http.event;

import io.walletsync.core.event.Notice.Concern;
import io.walletsync.core.event.ProviderEvent;
import io.walletsync.core.money.CurrencyCode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** An event as the API shows it: never what was delivered, for that holds people's data. */
@JsonNaming(SnakeCaseStrategy.class)
record ProviderEventJson(
    UUID eventId,
    UUID connectionId,
    String provider,
    String type,
    @Nullable String providerEventId,
    String concern,
    @Nullable List<String> currencies,
    int bodyBytes,
    Instant receivedAt,
    String status,
    int attempts,
    @Nullable Instant processedAt,
    @Nullable String lastError) {

  static ProviderEventJson of(ProviderEvent event) {
    var notice = event.notice();
    return new ProviderEventJson(
        event.id(),
        event.connection().value(),
        event.provider().value(),
        notice.type(),
        notice.eventId(),
        concern(notice.concern()),
        notice.concern() instanceof Concern.Currencies(var currencies)
            ? currencies.stream().map(CurrencyCode::value).sorted().toList()
            : null,
        event.bodyBytes(),
        event.receivedAt(),
        event.status().name().toLowerCase(Locale.ROOT),
        event.attempts(),
        event.processedAt(),
        event.lastError());
  }

  private static String concern(Concern concern) {
    return switch (concern) {
      case Concern.Nothing() -> "nothing";
      case Concern.Currencies _ -> "currencies";
      case Concern.Everything() -> "everything";
    };
  }
}
