package io.walletsync.server.http.wire;

import io.walletsync.core.kernel.Page;
import io.walletsync.server.http.problem.InvalidRequest;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * One page of a listing.
 *
 * @param nextCursor null on the last page
 */
@JsonNaming(SnakeCaseStrategy.class)
public record PageJson<T>(List<T> data, boolean hasMore, @Nullable String nextCursor) {
  private static final int USUAL = 20;
  private static final int MOST = 100;

  /** Renders a page whose position in the listing is that of its last item. */
  public static <I, T> PageJson<T> of(
      Page<I> page, Function<I, T> json, String listing, Function<I, String> position) {
    var items = page.items();
    return new PageJson<>(
        items.stream().map(json).toList(),
        page.hasMore(),
        page.hasMore() ? Cursor.encode(listing, position.apply(items.getLast())) : null);
  }

  /** The {@code limit} parameter: 1 to 100, or 20 where it is absent. */
  public static int limit(@Nullable String text) {
    if (text == null) {
      return USUAL;
    }
    if (!text.matches("[1-9][0-9]?|100")) {
      throw new InvalidRequest("limit", "must be 1 to " + MOST);
    }
    return Integer.parseInt(text);
  }
}
