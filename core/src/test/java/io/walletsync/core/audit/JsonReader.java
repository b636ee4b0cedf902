package io.walletsync.core.audit;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the little JSON that canonical texts consist of, strictly and without white space. */
final class JsonReader {
  private final String json;
  private int at;

  JsonReader(String json) {
    this.json = json;
  }

  SortedMap<String, @Nullable Object> read() {
    var object = object();
    if (at != json.length()) {
      throw new AssertionError("more after the end, at " + at);
    }
    return object;
  }

  private SortedMap<String, @Nullable Object> object() {
    var members = new TreeMap<String, @Nullable Object>();
    expect('{');
    while (json.charAt(at) != '}') {
      if (!members.isEmpty()) {
        expect(',');
      }
      var name = text();
      expect(':');
      if (!members.isEmpty() && members.lastKey().compareTo(name) >= 0) {
        throw new AssertionError("names out of order at " + at);
      }
      members.put(name, value());
    }
    expect('}');
    return members;
  }

  private @Nullable Object value() {
    if (json.startsWith("null", at)) {
      at += 4;
      return null;
    }
    return json.charAt(at) == '{' ? object() : text();
  }

  private String text() {
    var text = new StringBuilder();
    expect('"');
    while (json.charAt(at) != '"') {
      text.append(json.charAt(at) == '\\' ? escaped() : json.charAt(at++));
    }
    expect('"');
    return text.toString();
  }

  private char escaped() {
    expect('\\');
    var c = json.charAt(at++);
    return switch (c) {
      case '"', '\\' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        at += 4;
        yield (char) Integer.parseInt(json.substring(at - 4, at), 16);
      }
      default -> throw new AssertionError("unknown escape at " + at);
    };
  }

  private void expect(char c) {
    if (json.charAt(at++) != c) {
      throw new AssertionError("expected " + c + " at " + (at - 1) + " of " + json);
    }
  }
}
