package io.walletsync.server.badinput;

import java.util.stream.Stream;

/** What the routes of quarantined readings cannot read. */
record BadQuarantineInput(BadInputServer to) implements BadInputs {
  @Override
  public Stream<BadInput> all() {
    var readings = "/api/v1/quarantined-readings";
    var release = readings + "/" + to.wallet + "/release";
    return Stream.of(
        to.get("status", readings + "?status=agreed"),
        to.get("wallet_id", readings + "?wallet_id=x"),
        to.get("connection_id", readings + "?connection_id=1"),
        to.get("reading_id", readings + "/x"),
        to.post("note", release, "\"note\":7"),
        to.post("note", release, "\"note\":\"\""),
        to.post("note", release, "\"note\":" + BadInput.text(501)),
        to.post("note", release, "\"note\":\"a\\u0000\""),
        to.post("balance", release, "\"balance\":\"1.00\""));
  }
}
