package io.walletsync.server.badinput;

import java.util.Map;
import java.util.stream.Stream;

/** What the routes of the feed and the stream of events cannot read. */
record BadFeedInput(BadInputServer to) implements BadInputs {
  @Override
  public Stream<BadInput> all() {
    var stream = "/api/v1/events/stream";
    return Stream.of(
        to.get("after", stream + "?after="),
        to.get("after", stream + "?after=bmV2ZXI"),
        to.get("type", stream + "?type=balance.changed,"),
        to.get("wallet_id", stream + "?wallet_id=mine"),
        to.get("limit", stream + "?limit=5"),
        BadInput.field(
            "Last-Event-ID",
            "an id of nothing",
            () -> to.client.get(stream, Map.of("Last-Event-ID", "7"))));
  }
}
