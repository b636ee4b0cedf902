package io.walletsync.server.http.feed;

import io.walletsync.core.notification.EventFormat;
import io.walletsync.core.notification.Notification;
import tools.jackson.databind.json.JsonMapper;

/** Events for those who do not ask for them; the same text as in the change feed. */
final class EventText implements EventFormat {
  private final JsonMapper json;

  EventText(JsonMapper json) {
    this.json = json;
  }

  @Override
  public String write(Notification notification) {
    return json.writeValueAsString(EventJson.of(notification));
  }
}
