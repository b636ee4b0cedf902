package io.walletsync.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was typed is understood, or refused with a sentence. */
class OptionsTest {
  @Test
  void readsNumbersListsAndNames() {
    var options =
        Options.of(
            List.of(
                "--only", "get", "post-changed,replay", "--rounds", "5", "--connections", "1,64"));

    assertThat(options.only()).containsExactlyInAnyOrder("get", "post-changed", "replay");
    assertThat(options.rounds()).isEqualTo(5);
    assertThat(options.connections()).containsExactly(1, 64);
    assertThat(options.window()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void growthRunsOnlyOnRequest() {
    assertThat(Options.of(List.of()).wants("growth")).isFalse();
    assertThat(Options.of(List.of("--only", "growth")).wants("growth")).isTrue();
    assertThat(Options.of(List.of()).wants("get")).isTrue();
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThatThrownBy(() -> Options.of(List.of("--fast"))).hasMessageContaining("--fast");
    assertThatThrownBy(() -> Options.of(List.of("--only", "gets"))).hasMessageContaining("gets");
    assertThatThrownBy(() -> Options.of(List.of("--rounds", "many"))).hasMessageContaining("many");
    assertThatThrownBy(() -> Options.of(List.of("--rounds"))).hasMessageContaining("needs a value");
    assertThatThrownBy(
            () -> Options.of(List.of("--only", "growth", "--database-url", "postgresql://h/d")))
        .hasMessageContaining("two databases");
  }
}
