package io.walletsync.server.http.feed;

import io.walletsync.core.notification.Notification.Kind;
import io.walletsync.core.notification.Outbox;
import io.walletsync.core.notification.Outbox.Place;
import io.walletsync.core.notification.Outbox.Query;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.server.http.access.Callers;
import io.walletsync.server.http.wire.QueryFields;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads which events are wanted, the same for who lists them and who keeps listening. */
final class EventQueryReader {
  private static final String LAST_EVENT_ID = "Last-Event-ID";

  /** In place of a cursor: behind everything that has happened. */
  private static final String LATEST = "latest";

  /** A stream reads so many for itself while it is behind. */
  private static final int AT_ONCE = 100;

  private final Outbox outbox;

  EventQueryReader(Outbox outbox) {
    this.outbox = outbox;
  }

  Query readList(HttpServletRequest request) {
    var fields = QueryFields.of(request);
    return query(request, fields, null, fields.limit());
  }

  /** The id of the last event that a client has goes before where it began once. */
  Query readStream(HttpServletRequest request) {
    var last = request.getHeader(LAST_EVENT_ID);
    return query(
        request,
        QueryFields.of(request),
        last == null ? null : EventFeedJson.place(LAST_EVENT_ID, last),
        AT_ONCE);
  }

  private Query query(
      HttpServletRequest request, QueryFields fields, @Nullable Place last, int limit) {
    var types = fields.optional("type", EventQueryReader::kinds);
    var wallet = fields.optionalUuid("wallet_id");
    var after = fields.optional("after", this::place);
    fields.done();
    var place = after == null ? Place.START : after;
    return new Query(
        Callers.visibility(request),
        types == null ? Set.of() : types,
        wallet == null ? null : new WalletId(wallet),
        last == null ? place : last,
        limit);
  }

  private Place place(String text) {
    return text.equals(LATEST) ? outbox.end() : EventFeedJson.place("after", text);
  }

  private static Set<Kind> kinds(String text) {
    return Arrays.stream(text.split(",", -1)).map(Kind::of).collect(Collectors.toUnmodifiableSet());
  }
}
