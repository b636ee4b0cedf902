package io.walletsync.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Between which times; the server says what is wrong with them. */
final class PeriodOptions {
  @Option(names = "--from", paramLabel = "<time>", description = "From this time on.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "<time>", description = "Before this time.")
  private @Nullable String to;

  Target of(String path) {
    return Target.of(path).with("from", from).with("to", to);
  }
}
