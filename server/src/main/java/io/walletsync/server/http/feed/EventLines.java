package io.walletsync.server.http.feed;

import io.walletsync.core.notification.Outbox.Place;
import io.walletsync.server.http.feed.FeedTail.Told;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.http.HttpHeaders;

/**
 * Writes server-sent events, and waits until they are on their way: what a slow reader does not
 * take is never piled up here.
 */
final class EventLines {
  private static final String MEDIA_TYPE = "text/event-stream;charset=UTF-8";

  private final OutputStream out;

  EventLines(OutputStream out) {
    this.out = out;
  }

  /** Says in the headers of an answer what follows; a HEAD request wants nothing else. */
  static void announce(HttpServletResponse response) {
    response.setContentType(MEDIA_TYPE);
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    // nginx would hold events back until it has a buffer full of them
    response.setHeader("X-Accel-Buffering", "no");
  }

  void begin(Place place, Duration retry) throws IOException {
    write("retry: " + retry.toMillis() + "\n" + id(place) + "\n");
    out.flush();
  }

  /** On its way with the next {@link #flush}. */
  void event(Told event) throws IOException {
    write(
        id(event.place())
            + "event: "
            + event.kind().code()
            + "\ndata: "
            + event.text() // JSON has no line breaks but those it escapes
            + "\n\n");
  }

  /** A client keeps the id of a block without data, and tells nobody of it. */
  void progress(Place place) throws IOException {
    write(id(place) + "\n");
    out.flush();
  }

  void heartbeat() throws IOException {
    write(": nothing new\n\n");
    out.flush();
  }

  void flush() throws IOException {
    out.flush();
  }

  private static String id(Place place) {
    return "id: " + EventFeedJson.cursor(place) + "\n";
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
