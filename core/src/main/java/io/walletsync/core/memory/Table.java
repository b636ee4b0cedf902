package io.walletsync.core.memory;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Rows by key in the order they came; the rows themselves are immutable values. */
final class Table<K, V> {
  private final Map<K, V> rows = new LinkedHashMap<>();
  private final Map<K, V> before = new LinkedHashMap<>();

  Map<K, V> rows() {
    return rows;
  }

  /** Removes at most so many of the rows that match, in this order; returns how many. */
  int removeFirst(Predicate<V> matches, Comparator<V> order, int atMost) {
    var keys =
        rows.entrySet().stream()
            .filter(row -> matches.test(row.getValue()))
            .sorted(Map.Entry.comparingByValue(order))
            .limit(atMost)
            .map(Map.Entry::getKey)
            .toList();
    keys.forEach(rows::remove);
    return keys.size();
  }

  void begin() {
    before.clear();
    before.putAll(rows);
  }

  void rollback() {
    rows.clear();
    rows.putAll(before);
  }
}
