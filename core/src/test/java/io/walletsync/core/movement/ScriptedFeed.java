package io.walletsync.core.movement;

import io.walletsync.core.Examples;
import io.walletsync.core.wallet.Connections.OpenConnection;
import io.walletsync.core.wallet.Holding;
import io.walletsync.core.wallet.ProviderProfile;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A feed that lists the pages that a test gives it, fails as told, and notes what was asked. */
final class ScriptedFeed implements MovementFeed {
  final List<String> asked = new ArrayList<>();
  final List<Window> windows = new ArrayList<>();
  private final List<List<Row>> pages = new ArrayList<>();
  private final Deque<Boolean> killed = new ArrayDeque<>();
  private final Deque<Reply> instead = new ArrayDeque<>();

  /** The node dies in the middle of a call. */
  static final class Killed extends RuntimeException {}

  void lists(List<List<Row>> now) {
    pages.clear();
    pages.addAll(now);
  }

  /** Whether the node dies at each of the next calls. */
  void kills(List<Boolean> calls) {
    killed.addAll(calls);
  }

  void repliesOnce(Reply reply) {
    instead.add(reply);
  }

  @Override
  public ProviderProfile profile() {
    return Examples.profile(Examples.PAYSTACK);
  }

  @Override
  public Reply read(
      OpenConnection connection,
      Holding holding,
      Window window,
      @Nullable String page,
      Duration deadline) {
    asked.add(page == null ? "first" : page);
    windows.add(window);
    if (!killed.isEmpty() && killed.poll()) {
      throw new Killed();
    }
    if (!instead.isEmpty()) {
      return instead.poll();
    }
    var number = page == null ? 0 : Integer.parseInt(page);
    return new Reply.Rows(
        pages.isEmpty() ? List.of() : pages.get(number),
        number + 1 < pages.size() ? Optional.of(Integer.toString(number + 1)) : Optional.empty());
  }
}
