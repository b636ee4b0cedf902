package io.walletsync.cli;

import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Prints events as they come. Where the stream ends or breaks it goes on behind the last one that
 * was printed, so that none is missing and none stands there twice.
 */
final class FollowedEvents {
  private static final String BEGINNING = "beginning";

  /** Three of the server's heartbeats. */
  private static final Duration SILENCE = Duration.ofSeconds(45);

  private static final Duration MOST_PATIENCE = Duration.ofSeconds(30);

  private final Api api;
  private final PrintWriter out;
  private final PrintWriter err;
  private final @Nullable String types;
  private final @Nullable UUID wallet;
  private String cursor = "";
  private String id = "";
  private String data = "";
  private Duration retry = Duration.ofSeconds(2);
  private boolean hasHeard;

  FollowedEvents(
      Api api, PrintWriter out, PrintWriter err, @Nullable String types, @Nullable UUID wallet) {
    this.api = api;
    this.out = out;
    this.err = err;
    this.types = types;
    this.wallet = wallet;
  }

  /** Ends when the server refuses, or was never there. */
  Answer follow(@Nullable String after) {
    cursor = after == null ? "latest" : after.equals(BEGINNING) ? "" : after;
    var patience = retry;
    var wasThere = false;
    while (true) {
      hasHeard = false;
      id = "";
      data = "";
      var answer = api.listen(target(), this::hear, SILENCE);
      wasThere |= hasHeard;
      if (!wasThere || (answer instanceof Answer.Refusal(var status, _, _) && status < 500)) {
        return answer;
      }
      patience = hasHeard ? retry : longer(patience);
      if (!(answer instanceof Answer.Success) && hasHeard) {
        err.println("The stream broke; it goes on behind " + cursor + " as soon as it can.");
      }
      if (!pause(patience)) {
        return new Answer.Unreachable("Stopped. To go on later: --after " + cursor);
      }
    }
  }

  private URI target() {
    return Target.of("/api/v1/events/stream")
        .with("after", cursor.isEmpty() ? null : cursor)
        .with("type", types)
        .with("wallet_id", wallet)
        .uri();
  }

  /** An id counts only when its block is whole: half an event is heard again. */
  private void hear(String line) {
    hasHeard = true;
    if (line.startsWith("id: ")) {
      id = line.substring(4);
    } else if (line.startsWith("data: ")) {
      data = line.substring(6);
    } else if (line.startsWith("retry: ")) {
      retry = milliseconds(line.substring(7));
    } else if (line.isEmpty()) {
      if (!data.isEmpty()) {
        out.println(data);
        out.flush();
      }
      cursor = id.isEmpty() ? cursor : id;
      id = "";
      data = "";
    }
  }

  private Duration milliseconds(String text) {
    return text.matches("[0-9]{1,5}") ? Duration.ofMillis(Long.parseLong(text)) : retry;
  }

  private static Duration longer(Duration patience) {
    var twice = patience.multipliedBy(2);
    return twice.compareTo(MOST_PATIENCE) < 0 ? twice : MOST_PATIENCE;
  }

  private static boolean pause(Duration patience) {
    try {
      Thread.sleep(patience);
      return true;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
