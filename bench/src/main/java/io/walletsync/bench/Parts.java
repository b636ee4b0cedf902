package io.walletsync.bench;

import java.util.List;
import java.util.Set;

/** The names of what can be measured. */
final class Parts {
  static final String SCHEDULED = "scheduled";
  static final String CAPACITY = "capacity";
  static final String GROWTH = "growth";

  static final List<String> NAMES =
      List.of(
          "limit-sync",
          "limit-batch",
          "limit-read",
          "stub",
          "post-changed",
          "post-unchanged",
          "replay",
          "get",
          "paystack",
          SCHEDULED,
          CAPACITY,
          GROWTH);

  /** What takes too long, or too much disk, for a usual run. */
  static final Set<String> ON_REQUEST = Set.of(GROWTH);

  private Parts() {}
}
