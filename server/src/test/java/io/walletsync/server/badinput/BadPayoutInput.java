package io.walletsync.server.badinput;

import java.util.stream.Stream;

/** What the routes that ask for, confirm and release payouts cannot read. */
record BadPayoutInput(BadInputServer to) implements BadInputs {
  private static final String WALLETS = "/api/v1/wallets";

  @Override
  public Stream<BadInput> all() {
    var path = WALLETS + "/" + to.wallet;
    var pay = path + "/can-pay";
    var right = "\"amount\":\"1\",\"reference\":\"x\"";
    var reservation = path + "/reservations/" + to.wallet;
    return Stream.of(
        to.post("amount", pay, right.replace("\"1\"", "\"0\"")),
        to.post("amount", pay, right.replace("\"1\"", "\"0.00\"")),
        to.post("amount", pay, right.replace("\"1\"", "\"-1\"")),
        to.post("amount", pay, right.replace("\"1\"", "\"1e3\"")),
        to.post("amount", pay, right.replace("\"1\"", "1")),
        to.post("amount", pay, "\"reference\":\"x\""),
        to.post("reference", pay, "\"amount\":\"1\""),
        to.post("reference", pay, right.replace("\"x\"", "\" \"")),
        to.post("reference", pay, right.replace("\"x\"", "\"" + "x".repeat(129) + "\"")),
        to.post("reserve", pay, right + ",\"reserve\":\"true\""),
        to.post("max_age", pay, right + ",\"max_age\":\"PT10M1S\""),
        to.post("max_age", pay, right + ",\"max_age\":\"-PT1S\""),
        to.post("max_age", pay, right + ",\"max_age\":60"),
        to.post("expected_within", pay, right + ",\"expected_within\":\"PT0S\""),
        to.post("expected_within", pay, right + ",\"expected_within\":\"P31D\""),
        to.post("movement_reference", reservation + "/confirm", "\"movement_reference\":\"\""),
        to.post("note", reservation + "/release", "\"note\":null"),
        to.post("note", reservation + "/release", "\"note\":\" \""),
        to.post("never_left", reservation + "/release", "\"note\":\"x\",\"never_left\":1"),
        to.get("state", path + "/reservations?state=HELD"),
        to.get("limit", path + "/reservations?limit=101"),
        to.get("cursor", path + "/reservations?cursor=nonsense"));
  }
}
