package io.walletsync.cli;

import java.time.Duration;
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

  Target of(String path) {
    return Target.of(path)
        .with("minimum", minimum)
        .with("horizon", horizon)
        .with("tz", zone)
        .with("inflows", inflows);
  }
}
