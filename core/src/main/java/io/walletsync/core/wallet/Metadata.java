package io.walletsync.core.wallet;

import io.walletsync.core.kernel.InvalidValue;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Text facts that the caller or a provider attaches; WalletSync keeps and returns them. */
public record Metadata(SortedMap<String, String> entries) {
  public static final Metadata NONE = new Metadata(new TreeMap<>());
  private static final int MAX_ENTRIES = 50;
  private static final int MAX_NAME = 40;
  private static final int MAX_VALUE = 500;

  public Metadata {
    if (entries.size() > MAX_ENTRIES) {
      throw new InvalidValue("must have at most " + MAX_ENTRIES + " entries");
    }
    for (var entry : entries.entrySet()) {
      checkName(entry.getKey());
      check(entry.getValue(), 0, MAX_VALUE, "values must have at most 500 characters");
    }
    entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
  }

  public static Metadata of(Map<String, String> entries) {
    return new Metadata(new TreeMap<>(entries));
  }

  /**
   * Sets each entry of the patch; a null removes the entry of that name. Every name must be one
   * that an entry could have: the audit trail lists them all.
   */
  public Metadata merge(Map<String, ? extends @Nullable String> patch) {
    var merged = new TreeMap<>(entries);
    patch.forEach(
        (name, value) -> {
          if (value == null) {
            checkName(name);
            merged.remove(name);
          } else {
            merged.put(name, value);
          }
        });
    return new Metadata(merged);
  }

  private static void checkName(String name) {
    check(name, 1, MAX_NAME, "names must have 1 to 40 characters");
  }

  private static void check(String text, int min, int max, String rule) {
    if (text.length() < min || text.length() > max || !isStorable(text)) {
      throw new InvalidValue(rule);
    }
  }

  /** PostgreSQL keeps no NUL character, and half a surrogate pair has no form in UTF-8. */
  private static boolean isStorable(String text) {
    return text.codePoints()
        .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
  }
}
