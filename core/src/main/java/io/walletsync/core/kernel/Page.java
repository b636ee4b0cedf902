package io.walletsync.core.kernel;

import java.util.List;

/** One page of a keyset listing; the next page starts after the last item. */
public record Page<T>(List<T> items, boolean hasMore) {
  public Page {
    items = List.copyOf(items);
  }

  /** Cuts a page out of a list that was asked for one item more than the limit. */
  public static <T> Page<T> of(List<T> oneMoreThanLimit, int limit) {
    var hasMore = oneMoreThanLimit.size() > limit;
    return new Page<>(hasMore ? oneMoreThanLimit.subList(0, limit) : oneMoreThanLimit, hasMore);
  }
}
