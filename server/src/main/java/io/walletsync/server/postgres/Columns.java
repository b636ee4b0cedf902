package io.walletsync.server.postgres;

import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.support.SqlArrayValue;

/** How values of the core travel to and from columns, one by one or as an array per column. */
final class Columns {
  private Columns() {}

  /** The values of one column for many rows, for {@code unnest}. */
  static <T> SqlArrayValue array(
      String type, Collection<T> rows, Function<? super T, ? extends @Nullable Object> column) {
    return new SqlArrayValue(type, rows.stream().map(row -> plain(column.apply(row))).toArray());
  }

  private static @Nullable Object plain(@Nullable Object value) {
    return value instanceof Instant instant ? instant.toString() : value;
  }

  /** An array that a query compares with, or null where it shall not restrict. */
  static @Nullable SqlArrayValue uuids(@Nullable Set<UUID> values) {
    return values == null ? null : array("uuid", List.copyOf(values), value -> value);
  }

  static OffsetDateTime timestamp(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  static @Nullable OffsetDateTime timestampOrNull(@Nullable Instant instant) {
    return instant == null ? null : timestamp(instant);
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    var value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }

  static UUID uuid(ResultSet row, String column) throws SQLException {
    return row.getObject(column, UUID.class);
  }

  static @Nullable UUID uuidOrNull(ResultSet row, String column) throws SQLException {
    return row.getObject(column, UUID.class);
  }

  static Money money(ResultSet row, String column, CurrencyCode currency) throws SQLException {
    return new Money(row.getBigDecimal(column), currency);
  }

  static @Nullable Money moneyOrNull(ResultSet row, String column, CurrencyCode currency)
      throws SQLException {
    var amount = row.getBigDecimal(column);
    return amount == null ? null : new Money(amount, currency);
  }
}
