package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.instant;
import static io.walletsync.server.postgres.Columns.instantOrNull;
import static io.walletsync.server.postgres.Columns.uuid;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.bulk.SyncRun;
import io.walletsync.core.bulk.SyncRunFilter;
import io.walletsync.core.bulk.Tally;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.Visibility;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;

/** How a run and its filter are kept in columns. */
final class SyncRunRow {
  static final String COLUMNS =
      """
      run_id, kind, connection_id, provider, owner_id, visible, requester, requester_name,
      request_id, created_at, total, changed, unchanged, failed, skipped, state, finished_at,
      clock_timestamp() as read_at
      """;

  private SyncRunRow() {}

  static SyncRun run(ResultSet row) throws SQLException {
    return new SyncRun(
        uuid(row, "run_id"),
        filter(row),
        visibility(row),
        startedBy(row),
        instant(row, "created_at"),
        row.getLong("total"),
        new Tally(
            row.getLong("changed"),
            row.getLong("unchanged"),
            row.getLong("failed"),
            row.getLong("skipped")),
        SyncRun.State.valueOf(row.getString("state")),
        instantOrNull(row, "finished_at"),
        instant(row, "read_at"));
  }

  static SyncRunFilter filter(ResultSet row) throws SQLException {
    var kind = row.getString("kind");
    return switch (kind) {
      case "CONNECTION" ->
          new SyncRunFilter.OfConnection(new ConnectionId(uuid(row, "connection_id")));
      case "PROVIDER" -> new SyncRunFilter.OfProvider(new ProviderId(row.getString("provider")));
      case "OWNER" -> new SyncRunFilter.OfOwner(row.getString("owner_id"));
      case "ALL" -> new SyncRunFilter.All();
      default -> throw new IllegalStateException("a run of kind " + kind);
    };
  }

  static Visibility visibility(ResultSet row) throws SQLException {
    var visible = row.getArray("visible");
    return visible == null ? Visibility.ALL : new Visibility(Set.of((UUID[]) visible.getArray()));
  }

  /** The key, without the address of the request that is long over. */
  static Actor startedBy(ResultSet row) throws SQLException {
    return new Actor(
        Actor.Kind.API_KEY,
        uuid(row, "requester"),
        row.getString("requester_name"),
        null,
        row.getString("request_id"));
  }

  static String kind(SyncRunFilter filter) {
    return switch (filter) {
      case SyncRunFilter.OfConnection _ -> "CONNECTION";
      case SyncRunFilter.OfProvider _ -> "PROVIDER";
      case SyncRunFilter.OfOwner _ -> "OWNER";
      case SyncRunFilter.All _ -> "ALL";
    };
  }
}
