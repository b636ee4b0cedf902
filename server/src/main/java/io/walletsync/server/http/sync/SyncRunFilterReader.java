package io.walletsync.server.http.sync;

import io.walletsync.core.bulk.SyncRunFilter;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.server.http.problem.InvalidRequest;
import io.walletsync.server.http.wire.JsonFields;
import io.walletsync.server.http.wire.UuidText;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes which wallets a run is about. Exactly one member says so: a body that forgets it
 * must not start a sync of everything.
 */
final class SyncRunFilterReader {
  private static final String ONE =
      "must have exactly one of connection_id, provider, owner_id, all";

  private SyncRunFilterReader() {}

  /** Reads the whole body, and throws {@link InvalidRequest} if anything is wrong with it. */
  static SyncRunFilter read(byte @Nullable [] body) {
    var fields = JsonFields.of(body);
    var members = fields.requiredObject("filter");
    var connection = members.optionalText("connection_id", UuidText::parse);
    var provider = members.optionalText("provider", ProviderId::new);
    var owner = members.optionalText("owner_id", SyncRunFilter.OfOwner::new);
    var all = members.optionalFlag("all");
    fields.done();
    if (Stream.of(connection, provider, owner, all).filter(it -> it.orNull() != null).count()
        != 1) {
      throw new InvalidRequest("filter", ONE);
    }
    if (connection.orNull() != null) {
      return new SyncRunFilter.OfConnection(new ConnectionId(connection.get()));
    }
    if (provider.orNull() != null) {
      return new SyncRunFilter.OfProvider(provider.get());
    }
    if (owner.orNull() != null) {
      return owner.get();
    }
    if (!all.get()) {
      throw new InvalidRequest("filter.all", "must be true, or absent");
    }
    return new SyncRunFilter.All();
  }

  /** What was read, member by member. */
  static Map<String, Object> write(SyncRunFilter filter) {
    return switch (filter) {
      case SyncRunFilter.OfConnection(var connection) ->
          Map.of("connection_id", connection.toString());
      case SyncRunFilter.OfProvider(var provider) -> Map.of("provider", provider.value());
      case SyncRunFilter.OfOwner(var ownerId) -> Map.of("owner_id", ownerId);
      case SyncRunFilter.All() -> Map.of("all", true);
    };
  }
}
