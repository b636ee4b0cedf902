package io.walletsync.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which part of a listing; the server says what is wrong with it. */
final class PageOptions {
  @Option(names = "--limit", paramLabel = "<n>", description = "At most this many.")
  private @Nullable Integer limit;

  @Option(
      names = "--cursor",
      paramLabel = "<cursor>",
      description = "Where to go on: next_cursor of the page before.")
  private @Nullable String cursor;

  Target of(Target listing) {
    return listing.with("limit", limit).with("cursor", cursor);
  }
}
