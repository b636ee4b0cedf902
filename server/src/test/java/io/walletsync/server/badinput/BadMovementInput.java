package io.walletsync.server.badinput;

import java.util.stream.Stream;

/** What the routes of what moved the wallets cannot read. */
record BadMovementInput(BadInputServer to) implements BadInputs {
  private static final String UNEXPLAINED = "/api/v1/unexplained-wallets";

  @Override
  public Stream<BadInput> all() {
    var wallet = "/api/v1/wallets/" + to.wallet;
    return Stream.of(
        to.get("connection_id", UNEXPLAINED + "?connection_id=1"),
        to.get("currency", UNEXPLAINED + "?currency=-"),
        to.get("cursor", UNEXPLAINED + "?cursor=AAAA"),
        to.get("status", wallet + "/explained-changes?status=OPEN"),
        to.get("cursor", wallet + "/movement-coverage?cursor=AAAA"),
        to.post("from", wallet + "/import-movements", "\"from\":\"today\""));
  }
}
