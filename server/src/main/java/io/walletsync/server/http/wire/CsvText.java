package io.walletsync.server.http.wire;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lines of RFC 4180. A text from outside that a spreadsheet would take for a formula gets an
 * apostrophe in front; numbers stay as they are.
 */
public final class CsvText {
  private static final String LINE_END = "\r\n";
  private static final String BEGINNINGS_OF_FORMULAS = "=+-@\t\r\n＝＋－＠";

  private CsvText() {}

  public static String line(List<? extends @Nullable Object> cells) {
    return cells.stream().map(CsvText::cell).collect(Collectors.joining(",", "", LINE_END));
  }

  private static String cell(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case String text -> quoted(harmless(text));
      // what we wrote ourselves: amounts, times, ids
      default -> quoted(value.toString());
    };
  }

  private static String harmless(String text) {
    return !text.isEmpty() && BEGINNINGS_OF_FORMULAS.indexOf(text.charAt(0)) >= 0
        ? "'" + text
        : text;
  }

  private static String quoted(String text) {
    return text.chars().anyMatch(c -> c == '"' || c == ',' || c == '\r' || c == '\n' || c == ';')
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }
}
