package io.walletsync.server.http.feed;

import io.walletsync.core.notification.Outbox.Entry;
import io.walletsync.core.notification.Outbox.Listed;
import io.walletsync.core.notification.Outbox.Place;
import io.walletsync.server.http.problem.InvalidRequest;
import io.walletsync.server.http.wire.Cursor;
import io.walletsync.server.http.wire.UuidText;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A part of the change feed.
 *
 * @param hasMore whether there is more right now
 * @param nextCursor where to go on, now or when something new has happened; never null
 */
@JsonNaming(SnakeCaseStrategy.class)
public record EventFeedJson(List<EventJson> data, boolean hasMore, String nextCursor) {
  private static final String LISTING = "events";
  private static final Pattern PLACE =
      Pattern.compile("([0-9]{1,9}) ([0-9]{1,18}) ([0-9a-f-]{36})");

  public static EventFeedJson of(Listed listed) {
    return new EventFeedJson(
        listed.entries().stream().map(Entry::notification).map(EventJson::of).toList(),
        listed.hasMore(),
        cursor(listed.next()));
  }

  public static String cursor(Place place) {
    return Cursor.encode(LISTING, place.epoch() + " " + place.transaction() + " " + place.id());
  }

  /** The place that a cursor names, or {@link InvalidRequest} about that field. */
  public static Place place(String field, String cursor) {
    var parts = PLACE.matcher(Cursor.decode(LISTING, cursor, field));
    if (!parts.matches()) {
      throw new InvalidRequest(field, "must be a next_cursor of this feed, or latest");
    }
    return new Place(
        Integer.parseInt(parts.group(1)),
        Long.parseLong(parts.group(2)),
        UuidText.parse(field, parts.group(3)));
  }
}
