package io.walletsync.server.limitedkey;

import io.walletsync.server.support.ApiClient.Answer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What the limited key does on each route, in the order in which it was laid. */
final class Walks {
  private final Map<String, Runnable> byRoute = new LinkedHashMap<>();

  /**
   * @param route such as {@code GET /api/v1/wallets/{wallet_id}}; it may be walked several times
   */
  void on(String route, Runnable walk) {
    byRoute.merge(
        route,
        walk,
        (one, two) ->
            () -> {
              one.run();
              two.run();
            });
  }

  Set<String> routes() {
    return byRoute.keySet();
  }

  void walk() {
    byRoute.values().forEach(Runnable::run);
  }

  /** The same member of everything on a page. */
  static Iterable<String> ids(Answer listing, String member) {
    return listing
        .expect(200)
        .json()
        .get("data")
        .valueStream()
        .map(item -> item.get(member).asString(""))
        .toList();
  }
}
