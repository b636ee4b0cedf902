package io.walletsync.server.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads server-sent events as the standard says, on a thread of its own, until they end. */
public final class EventSource implements AutoCloseable {
  private final HttpResponse<InputStream> response;
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final List<String> comments = new CopyOnWriteArrayList<>();
  private final Thread reader;
  private volatile String lastId = "";
  private final AtomicInteger idsAlone = new AtomicInteger();

  EventSource(HttpResponse<InputStream> response) {
    this.response = response;
    this.reader = Thread.ofVirtual().start(this::read);
  }

  /** One that was told. */
  public record Event(String id, String type, String data) {
    public JsonNode json() {
      return JsonMapper.shared().readTree(data);
    }
  }

  private void read() {
    var lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)).lines();
    try {
      var block = new ArrayList<String>();
      lines.forEach(
          line -> {
            if (line.isEmpty()) {
              take(block);
              block.clear();
            } else {
              block.add(line);
            }
          });
    } catch (UncheckedIOException _) {
      // closed, or broken off
    }
  }

  private void take(List<String> block) {
    var id = field(block, "id: ");
    var data = field(block, "data: ");
    block.stream().filter(line -> line.startsWith(":")).forEach(comments::add);
    if (id != null) {
      lastId = id;
    }
    if (data != null) {
      var type = field(block, "event: ");
      events.add(new Event(lastId, type == null ? "message" : type, data));
    } else if (id != null) {
      idsAlone.incrementAndGet();
    }
  }

  private static @Nullable String field(List<String> block, String name) {
    return block.stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()))
        .findFirst()
        .orElse(null);
  }

  public HttpResponse<InputStream> response() {
    return response;
  }

  public List<Event> events() {
    return events;
  }

  public List<String> comments() {
    return comments;
  }

  public String lastId() {
    return lastId;
  }

  /** Blocks that only say how far the stream is. */
  public int idsAlone() {
    return idsAlone.get();
  }

  public boolean isOver() {
    return !reader.isAlive();
  }

  @Override
  public void close() {
    try {
      response.body().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
