package io.walletsync.server.badinput;

import java.util.stream.Stream;

/** What the routes that write whole files cannot read. */
record BadExportInput(BadInputServer to) implements BadInputs {
  private static final String WALLETS = "/api/v1/wallets";

  @Override
  public Stream<BadInput> all() {
    return Stream.of(
        to.get("format", "/api/v1/exports/snapshots?format=xlsx"),
        to.get("after", "/api/v1/exports/snapshots?after=" + to.wallet),
        to.get("after", "/api/v1/exports/snapshots?after=" + to.wallet + ",yesterday"),
        to.get("after", "/api/v1/exports/movements?after=" + to.wallet + ",2026-01-01T00:00:00Z"),
        to.get("after", "/api/v1/exports/movements?after=" + to.wallet + ",yesterday,key"),
        to.get("to", "/api/v1/exports/snapshots?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z"),
        to.get("to", WALLETS + "/" + to.wallet + "/statement?to=9000-01-01T00:00:00Z"),
        to.get("from", WALLETS + "/" + to.wallet + "/statement?from=9000-01-01T00:00:00Z"),
        to.get("tz", WALLETS + "/" + to.wallet + "/analytics/export?tz=Mars"));
  }
}
