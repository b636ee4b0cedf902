package io.walletsync.server.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is read back as it was, and is run by no spreadsheet. */
final class CsvTextTest {
  @Test
  void cellsAreQuotedWhereTheyMustBe() {
    assertThat(CsvText.line(Arrays.asList("a", null, "b,c", "d\"e", "f\ng", 7L)))
        .isEqualTo("a,,\"b,c\",\"d\"\"e\",\"f\ng\",7\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "＝1",
        "＋1",
        "－1",
        "＠1",
        "﹦1",
        "﹢1",
        "﹣1",
        "﹫1",
        "\uFEFF=1",
        "\u200B=1",
        "\u2028=1"
      })
  void whatASpreadsheetWouldRunGetsAnApostrophe(String text) {
    assertThat(CsvText.line(List.of(text)).replace("\"", "")).startsWith("'");
  }

  @Test
  void behindAControlCharacterNothingIsRun() {
    IntStream.concat(IntStream.rangeClosed(0, 0x1f), IntStream.rangeClosed(0x7f, 0x9f))
        .mapToObj(Character::toString)
        .forEach(
            control ->
                assertThat(CsvText.line(List.of(control + "=1")))
                    .isEqualTo("\"'" + control + "=1\"\r\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a=1", "1-2", " ", "é", "你好", "_x", "\ud83d\udcb0"})
  void whatIsHarmlessStaysAsItIs(String text) {
    assertThat(CsvText.line(List.of(text))).isEqualTo(text + "\r\n");
  }

  @Test
  void anAmountIsANumberAlsoBelowZero() {
    assertThat(CsvText.line(List.of(new Amount("-1.50")))).isEqualTo("-1.50\r\n");
  }
}
