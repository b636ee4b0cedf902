package io.walletsync.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KernelValuesTest {
  @Test
  void anIdempotencyKeyIsOneTo255PlainCharacters() {
    assertThat(new IdempotencyKey("azAZ09_.:-").value()).isEqualTo("azAZ09_.:-");
    assertThat(new IdempotencyKey("k".repeat(255)).value()).hasSize(255);
    for (var bad : List.of("", "k".repeat(256), "a b", "a\n", "é", "\"a\"", "a/b")) {
      assertThatThrownBy(() -> new IdempotencyKey(bad))
          .isInstanceOf(InvalidValue.class)
          .message()
          .satisfies(message -> assertThat(bad.isEmpty() || !message.contains(bad)).isTrue());
    }
  }

  @Test
  void instantsAreCutAndNotRounded() {
    assertThat(Microseconds.cut(Instant.parse("2026-11-22T08:00:00.123456999Z")))
        .isEqualTo(Instant.parse("2026-11-22T08:00:00.123456Z"));
    assertThat(Microseconds.cut(Instant.parse("1969-12-31T23:59:59.999999999Z")))
        .isEqualTo(Instant.parse("1969-12-31T23:59:59.999999Z"));
  }

  @Test
  void aPageIsCutFromOneItemMore() {
    assertThat(Page.of(List.of(1, 2, 3), 2)).isEqualTo(new Page<>(List.of(1, 2), true));
    assertThat(Page.of(List.of(1, 2), 2)).isEqualTo(new Page<>(List.of(1, 2), false));
    assertThat(Page.of(List.of(), 2)).isEqualTo(new Page<>(List.of(), false));
  }

  @Test
  void textIsCountedInCodePointsAndMustBePrintable() {
    assertThat(Text.printable("Ẽkó 💰 12", 8)).isEqualTo("Ẽkó 💰 12");
    for (var bad :
        List.of(
            "",
            "   ",
            "123456789",
            "a\tb",
            "a\u007f",
            "\u200b",
            "\u2028",
            "\u2029",
            "\ud800",
            "\ue000",
            "\uffff",
            "\ufeff")) {
      assertThatThrownBy(() -> Text.printable(bad, 8))
          .isInstanceOf(InvalidValue.class)
          .hasMessage("must be 1 to 8 printable characters");
    }
  }
}
