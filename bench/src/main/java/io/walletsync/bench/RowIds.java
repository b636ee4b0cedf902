package io.walletsync.bench;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** Ids that grow with time (UUIDv7), like the product's, so that indexes are filled alike. */
final class RowIds {
  private RowIds() {}

  static UUID next() {
    var random = ThreadLocalRandom.current();
    return new UUID(
        (System.currentTimeMillis() << 16) | 0x7000 | random.nextInt(0x1000),
        (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L);
  }

  static List<UUID> newOnes(int count) {
    return Stream.generate(RowIds::next).limit(count).toList();
  }
}
