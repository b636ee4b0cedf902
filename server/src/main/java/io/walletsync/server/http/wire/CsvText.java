package io.walletsync.server.http.wire;

import java.text.Normalizer;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lines of RFC 4180. A text from outside that a spreadsheet would take for a formula gets an
 * apostrophe in front; numbers stay as they are.
 */
public final class CsvText {
  private static final String LINE_END = "\r\n";
  private static final String BEGINNINGS_OF_FORMULAS = "=+-@";

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
    return !text.isEmpty() && isRisky(text.codePointAt(0)) ? "'" + text : text;
  }

  /** What begins a formula in any of its widths, and what programs drop to find one behind it. */
  private static boolean isRisky(int first) {
    return switch (Character.getType(first)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default ->
          BEGINNINGS_OF_FORMULAS.contains(
              Normalizer.normalize(Character.toString(first), Normalizer.Form.NFKC));
    };
  }

  private static String quoted(String text) {
    return text.chars().anyMatch(c -> c == '"' || c == ',' || c == ';' || Character.isISOControl(c))
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }
}
