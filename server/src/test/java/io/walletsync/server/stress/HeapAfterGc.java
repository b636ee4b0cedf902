package io.walletsync.server.stress;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How much of the heap is in use right after a collection, time and again. */
final class HeapAfterGc {
  private static final int MEBIBYTE = 1 << 20;

  private final List<Long> bytes = new ArrayList<>();

  /** Stops this process for a moment: whoever is measured meanwhile is slower. */
  void look() {
    var memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    bytes.add(memory.getHeapMemoryUsage().getUsed());
  }

  /** The average of one third of the looks, 0 to 2. */
  double third(int third) {
    return bytes.subList(bytes.size() * third / 3, bytes.size() * (third + 1) / 3).stream()
        .mapToLong(Long::longValue)
        .average()
        .orElseThrow();
  }

  @Override
  public String toString() {
    return bytes.stream()
        .map(used -> Long.toString(used / MEBIBYTE))
        .collect(Collectors.joining(" "));
  }
}
