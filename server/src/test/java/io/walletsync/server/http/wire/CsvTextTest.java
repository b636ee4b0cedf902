package io.walletsync.server.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
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
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"})
  void whatASpreadsheetWouldRunGetsAnApostrophe(String text) {
    assertThat(CsvText.line(List.of(text)).replace("\"", "")).startsWith("'");
  }

  @Test
  void anAmountIsANumberAlsoBelowZero() {
    assertThat(CsvText.line(List.of(new Amount("-1.50")))).isEqualTo("-1.50\r\n");
  }
}
