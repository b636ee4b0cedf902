package io.walletsync.server.badinput;

import java.util.stream.Stream;

/** What the routes of planned outflows and of the runway cannot read. */
record BadRunwayInput(BadInputServer to) implements BadInputs {
  private static final String WALLETS = "/api/v1/wallets";

  @Override
  public Stream<BadInput> all() {
    return Stream.of(plans(), runways()).flatMap(cases -> cases);
  }

  private Stream<BadInput> plans() {
    var right = "\"amount\":\"1\",\"reference\":\"x\"";
    var at = "\"at\":\"2026-03-01T00:00:00Z\",";
    return Stream.of(
        plan("outflows", "\"minimum\":\"1\""),
        plan("outflows", "\"outflows\":{}"),
        plan("outflows", "\"outflows\":[" + "{},".repeat(1_000) + "{}]"),
        plan("outflows[0]", "\"outflows\":[5]"),
        plan("outflows[0].at", "\"outflows\":[{" + right + "}]"),
        plan("outflows[0].at", "\"outflows\":[{\"at\":\"tomorrow\"," + right + "}]"),
        plan("outflows[0].amount", "\"outflows\":[{" + at + right.replace("\"1\"", "\"0\"") + "}]"),
        plan("outflows[0].colour", "\"outflows\":[{\"colour\":1," + at + right + "}]"),
        plan("outflows[1].reference", "\"outflows\":[{" + at + right + "},{" + at + right + "}]"),
        plan("minimum", "\"minimum\":\"-1\",\"outflows\":[]"));
  }

  private BadInput plan(String field, String members) {
    return to.put(field, WALLETS + "/" + to.wallet + "/planned-outflows", members);
  }

  private Stream<BadInput> runways() {
    var path = WALLETS + "/" + to.wallet;
    return Stream.of(
        to.get("minimum", path + "/runway?minimum=-1"),
        to.get("tz", path + "/runway?tz=Mars"),
        to.get("horizon", path + "/runway?horizon=PT59M"),
        to.get("horizon", path + "/runway?horizon=P366D"),
        to.get("inflows", path + "/runway?inflows=yes"),
        to.get("at_least", path + "/runway/health?at_least=2"),
        to.get("by", path + "/runway/health?by=mean"),
        to.get("max_age", path + "/runway/health?max_age=1h"));
  }
}
