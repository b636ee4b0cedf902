package io.walletsync.server.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever bytes a provider, or anybody in its name, sends: a reply is a failure in our words or
 * balances that can be stored, a notification is a notice that can be stored, and nothing else.
 */
class FuzzTest {
  private static final Duration SHORT = Duration.ofSeconds(6);
  private static final Duration LONG =
      Duration.ofSeconds(Long.getLong("walletsync.fuzz.seconds", 300));

  @ParameterizedTest
  @EnumSource
  void theSamplesAndWhatWasOnceFoundKeepThePromise(FuzzTarget target) {
    var seeds = Seeds.of(target);

    assertThat(seeds).isNotEmpty();
    seeds.forEach(target::check);
  }

  /** A look at all targets, for every build. */
  @Test
  void aShortRunOverAllTargetsFindsNothing() {
    var seeds = new ArrayList<byte[]>();
    var targets = FuzzTarget.values();
    for (int i = 0; i < targets.length; i++) {
      for (var seed : Seeds.of(targets[i])) {
        seeds.add(Seeds.join(new byte[0], i, seed));
      }
    }
    requireNoFinding(FuzzRun.of("", seeds, SHORT));
  }

  @Tag("fuzz")
  @ParameterizedTest
  @EnumSource
  void aLongRunFindsNothing(FuzzTarget target) {
    var run = FuzzRun.of(target.name(), Seeds.of(target), LONG);
    requireNoFinding(run);
    System.out.println(target + ": " + run.executions() + " inputs, no finding");
  }

  private static void requireNoFinding(FuzzRun run) {
    assertThat(run.findings()).as(run.output()).isEmpty();
    assertThat(run.executions()).as(run.output()).isGreaterThan(100);
  }
}
