package io.walletsync.core.kernel;

import java.util.function.IntPredicate;

/** The rule for free text that callers give: short, printable, never blank. */
public final class Text {
  private Text() {}

  /** Returns the text, or throws {@link InvalidValue} when it is blank, too long or unprintable. */
  public static String printable(String text, int maxLength) {
    if (text.isBlank()
        || text.codePointCount(0, text.length()) > maxLength
        || text.codePoints().anyMatch(Text::isUnprintable)) {
      throw new InvalidValue("must be 1 to " + maxLength + " printable characters");
    }
    return text;
  }

  private static boolean isUnprintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE ->
          true;
      default -> false;
    };
  }

  /**
   * Whether a text has so many characters and all of them are allowed. For what is checked with
   * every request, where a regular expression would cost more than the rest.
   */
  public static boolean isMadeOf(String text, int shortest, int longest, IntPredicate allowed) {
    return text.length() >= shortest && text.length() <= longest && text.chars().allMatch(allowed);
  }

  /** Of the letters and digits of ASCII. */
  public static boolean isLetterOrDigit(int character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9');
  }
}
