package io.walletsync.bench;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The names of what can be measured. */
final class Parts {
  static final String SCHEDULED = "scheduled";
  static final String CAPACITY = "capacity";
  static final String NOTICES = "notices";
  static final String NOTICES_SCHEDULED = "notices-scheduled";
  static final String GROWTH = "growth";

  /** What clients do over connections, in turns. */
  static final List<String> STEPS =
      List.of(
          "limit-sync",
          "limit-batch",
          "limit-read",
          "stub",
          "post-changed",
          "post-unchanged",
          "replay",
          "get",
          "paystack");

  /** What the server does by itself. */
  static final List<String> OF_THE_SCHEDULE = List.of(SCHEDULED, NOTICES_SCHEDULED, CAPACITY);

  static final List<String> NAMES =
      Stream.concat(
              STEPS.stream(), Stream.of(SCHEDULED, NOTICES_SCHEDULED, CAPACITY, NOTICES, GROWTH))
          .toList();

  /** What takes too long, or too much disk, for a usual run. */
  static final Set<String> ON_REQUEST = Set.of(GROWTH);

  private Parts() {}
}
