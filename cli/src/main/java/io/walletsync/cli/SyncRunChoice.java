package io.walletsync.cli;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which wallets a run is about: one of these must be typed, all of them included. */
final class SyncRunChoice {
  @Option(names = "--connection", paramLabel = "<id>", description = "Those of this connection.")
  private @Nullable UUID connection;

  @Option(names = "--provider", paramLabel = "<name>", description = "Those at this provider.")
  private @Nullable String provider;

  @Option(names = "--owner", paramLabel = "<owner>", description = "Those held for this owner.")
  private @Nullable String owner;

  @Option(names = "--all", description = "All that the key may see.")
  private boolean all;

  /** The body of the request. */
  byte[] body() {
    if (connection != null) {
      return Json.nested("filter", "connection_id", connection.toString());
    }
    if (provider != null) {
      return Json.nested("filter", "provider", provider);
    }
    return owner == null
        ? Json.nested("filter", "all", all)
        : Json.nested("filter", "owner_id", owner);
  }
}
