package io.walletsync.cli;

import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a forecast goes by; the server says what is wrong with it. */
final class RunwayOptions {
  @Option(
      names = "--minimum",
      paramLabel = "<amount>",
      description = "What shall stay in the wallet (what its plan says by default).")
  private @Nullable String minimum;

  @Option(names = "--horizon", paramLabel = "<duration>", description = "How far, such as P60D.")
  private @Nullable Duration horizon;

  @Option(names = "--tz", paramLabel = "<zone>", description = "Such as Africa/Lagos.")
  private @Nullable String zone;

  @Option(names = "--inflows", paramLabel = "<what>", description = "ignored or counted.")
  private @Nullable String inflows;

  @Option(
      names = "--check",
      description = "As a check of a monitoring system: one line, and an exit code that it knows.")
  private boolean isCheck;

  @Option(
      names = "--at-least",
      paramLabel = "<duration>",
      description = "With --check: how long it has to last, such as P2D (P1D by default).")
  private @Nullable Duration atLeast;

  @Option(
      names = "--by",
      paramLabel = "<forecast>",
      description = "With --check: earliest (by default), expected or latest.")
  private @Nullable String by;

  @Option(
      names = "--max-age",
      paramLabel = "<duration>",
      description = "With --check: how old the balance may be (PT1H by default).")
  private @Nullable Duration maxAge;

  boolean isCheck() {
    return isCheck;
  }

  URI target(UUID wallet) {
    if (isCheck && horizon != null) {
      throw new UsageProblem("--horizon does not go with --check; say --at-least.");
    }
    if (!isCheck && (atLeast != null || by != null || maxAge != null)) {
      throw new UsageProblem("--at-least, --by and --max-age go with --check alone.");
    }
    return Target.of("/api/v1/wallets/" + wallet + (isCheck ? "/runway/health" : "/runway"))
        .with("minimum", minimum)
        .with("horizon", horizon)
        .with("tz", zone)
        .with("inflows", inflows)
        .with("at_least", atLeast)
        .with("by", by)
        .with("max_age", maxAge)
        .uri();
  }
}
