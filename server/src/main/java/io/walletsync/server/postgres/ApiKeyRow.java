package io.walletsync.server.postgres;

import io.walletsync.core.access.ApiKey;
import io.walletsync.core.access.ConnectionLimit;
import io.walletsync.core.access.Scopes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;

/** How a row of {@code api_key} reads. */
final class ApiKeyRow {
  static final RowMapper<ApiKey> MAPPER = (row, _) -> read(row);

  private ApiKeyRow() {}

  /** The limit as the columns and predicates want it. */
  static UUID @Nullable [] array(ConnectionLimit limit) {
    return limit.connections() == null ? null : limit.connections().toArray(UUID[]::new);
  }

  private static ApiKey read(ResultSet row) throws SQLException {
    return new ApiKey(
        row.getObject("api_key_id", UUID.class),
        row.getString("key_id"),
        row.getString("name"),
        Scopes.ofCodes(List.of((String[]) row.getArray("scopes").getArray())),
        limit(row),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        instant(row, "revoked_at"),
        instant(row, "last_used_at"));
  }

  private static ConnectionLimit limit(ResultSet row) throws SQLException {
    var connections = row.getArray("connection_ids");
    return connections == null
        ? ConnectionLimit.NONE
        : new ConnectionLimit(Set.copyOf(Arrays.asList((UUID[]) connections.getArray())));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
