package io.walletsync.server.badinput;

import java.util.stream.Stream;

/** What the routes of the events that providers sent cannot read. */
record BadEventInput(BadInputServer to) implements BadInputs {
  private static final String EVENTS = "/api/v1/provider-events";

  @Override
  public Stream<BadInput> all() {
    return Stream.of(filters(), replays()).flatMap(cases -> cases);
  }

  private Stream<BadInput> filters() {
    return Stream.of(
        to.get("connection_id", EVENTS + "?connection_id=1"),
        to.get("status", EVENTS + "?status=FAILED"));
  }

  private Stream<BadInput> replays() {
    var right = "\"connection_id\":\"" + to.connection + "\",\"status\":\"failed\"";
    return Stream.of(
        to.post("connection_id", EVENTS + "/replay", right.replace(to.connection, "1-1-1-1-1")),
        to.post("connection_id", EVENTS + "/replay", "\"status\":\"failed\""),
        to.post("status", EVENTS + "/replay", right.replace("failed", "done")),
        to.post("status", EVENTS + "/replay", right.replace("\"failed\"", "null")));
  }
}
