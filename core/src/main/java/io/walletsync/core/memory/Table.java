package io.walletsync.core.memory;

import java.util.LinkedHashMap;
import java.util.Map;

/** Rows by key in the order they came; the rows themselves are immutable values. */
final class Table<K, V> {
  private final Map<K, V> rows = new LinkedHashMap<>();
  private final Map<K, V> before = new LinkedHashMap<>();

  Map<K, V> rows() {
    return rows;
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
