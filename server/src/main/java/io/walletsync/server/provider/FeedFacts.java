package io.walletsync.server.provider;

import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.wallet.Metadata;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Facts of a row that are worth keeping but decide nothing: what is absent, empty, of another type
 * or cannot be stored is left out, and a long text is cut.
 */
public final class FeedFacts {
  private static final int LONGEST = 500;

  private final JsonNode row;
  private final TreeMap<String, String> kept = new TreeMap<>();

  private FeedFacts(JsonNode row) {
    this.row = row;
  }

  public static FeedFacts of(JsonNode row) {
    return new FeedFacts(row);
  }

  /** A text, or null. */
  public static @Nullable String text(JsonNode row, String field) {
    var node = row.path(field);
    return node.isString() ? storable(node.stringValue().strip()) : null;
  }

  private static @Nullable String storable(String text) {
    if (text.isEmpty() || text.codePoints().anyMatch(FeedFacts::isUnstorable)) {
      return null;
    }
    return text.codePointCount(0, text.length()) <= LONGEST
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST));
  }

  /** PostgreSQL keeps no NUL character, and half a surrogate pair has no form in UTF-8. */
  private static boolean isUnstorable(int codePoint) {
    return codePoint == 0
        || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
  }

  /** Keeps a text or a number under a name. */
  public FeedFacts keep(String name, String field) {
    var node = row.path(field);
    var text = node.isNumber() ? storable(node.asString()) : text(row, field);
    if (text != null) {
      kept.put(name, text);
    }
    return this;
  }

  /** All that was kept; nothing where together it is too much. */
  public Metadata metadata() {
    try {
      return Metadata.of(kept);
    } catch (InvalidValue e) {
      return Metadata.NONE;
    }
  }
}
