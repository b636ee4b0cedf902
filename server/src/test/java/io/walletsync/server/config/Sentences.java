package io.walletsync.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What an operator reads when a start is refused. */
final class Sentences {
  private Sentences() {}

  /** The one line that stops the work; it names no class and no stack. */
  static AbstractStringAssert<?> assertStops(ThrowingCallable work) {
    var problem = catchThrowableOfType(SettingsProblem.class, work);
    assertThat(problem).as("a settings problem").isNotNull();
    return assertThat(problem.getMessage())
        .hasLineCount(1)
        .doesNotContain("Exception", "io.walletsync", "null");
  }
}
