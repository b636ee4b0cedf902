package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.array;
import static io.walletsync.server.postgres.Columns.instant;
import static io.walletsync.server.postgres.Columns.instantOrNull;
import static io.walletsync.server.postgres.Columns.uuid;

import io.walletsync.core.event.ContentKey;
import io.walletsync.core.event.Notice;
import io.walletsync.core.event.Notice.Concern;
import io.walletsync.core.event.ProviderEvent;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.ProviderId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.support.SqlArrayValue;

/** How an event travels to and from its row; the body never does with it. */
final class EventRow {
  static final String COLUMNS =
      """
      event_id, connection_id, provider, type, provider_event_id, content_key, concern, currencies,
      body_bytes, received_at, status, attempts, processed_at, last_error
      """;

  private EventRow() {}

  static ProviderEvent event(ResultSet row) throws SQLException {
    return new ProviderEvent(
        uuid(row, "event_id"),
        new ConnectionId(uuid(row, "connection_id")),
        new ProviderId(row.getString("provider")),
        new Notice(
            row.getString("type"),
            row.getString("provider_event_id"),
            new ContentKey(row.getString("content_key")),
            concern(row)),
        row.getInt("body_bytes"),
        instant(row, "received_at"),
        ProviderEvent.Status.valueOf(row.getString("status")),
        row.getInt("attempts"),
        instantOrNull(row, "processed_at"),
        row.getString("last_error"));
  }

  private static Concern concern(ResultSet row) throws SQLException {
    var concern = row.getString("concern");
    return switch (concern) {
      case "NOTHING" -> new Concern.Nothing();
      case "EVERYTHING" -> new Concern.Everything();
      case "CURRENCIES" -> new Concern.Currencies(currencies(row, "currencies"));
      default -> throw new IllegalStateException("no event concerns " + concern);
    };
  }

  static Set<CurrencyCode> currencies(ResultSet row, String column) throws SQLException {
    return Arrays.stream((String[]) row.getArray(column).getArray())
        .map(CurrencyCode::new)
        .collect(Collectors.toUnmodifiableSet());
  }

  static String concern(Concern concern) {
    return switch (concern) {
      case Concern.Nothing() -> "NOTHING";
      case Concern.Everything() -> "EVERYTHING";
      case Concern.Currencies _ -> "CURRENCIES";
    };
  }

  static @Nullable SqlArrayValue currencies(Concern concern) {
    return concern instanceof Concern.Currencies(var currencies)
        ? array("text", currencies, CurrencyCode::value)
        : null;
  }
}
