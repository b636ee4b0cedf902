package io.walletsync.core.audit;

import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON text per value: sorted keys, no white space, the escapes of RFC 8785. Only text,
 * null and objects of them, which is all an audit entry holds.
 */
final class CanonicalJson {
  private final StringBuilder out = new StringBuilder(512);

  CanonicalJson object(SortedMap<?, ?> members) {
    out.append('{');
    var separator = "";
    for (var member : members.entrySet()) {
      out.append(separator);
      text((String) member.getKey());
      out.append(':');
      value(member.getValue());
      separator = ",";
    }
    out.append('}');
    return this;
  }

  private void value(@Nullable Object value) {
    switch (value) {
      case null -> out.append("null");
      case String text -> text(text);
      case SortedMap<?, ?> members -> object(members);
      default -> throw new IllegalArgumentException("no canonical form for " + value.getClass());
    }
  }

  private void text(String text) {
    out.append('"');
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
