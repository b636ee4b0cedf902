package io.walletsync.server.badinput;

import java.util.stream.Stream;

/** What the routes of API keys and of the audit trail cannot read. */
record BadAccessInput(BadInputServer to) implements BadInputs {
  private static final String KEYS = "/api/v1/api-keys";
  private static final String AUDIT = "/api/v1/audit-entries";

  @Override
  public Stream<BadInput> all() {
    return Stream.of(keys(), auditFilters()).flatMap(cases -> cases);
  }

  private Stream<BadInput> keys() {
    var right = "\"name\":\"x\",\"scopes\":[\"wallets:read\"]";
    var rotate = KEYS + "/" + to.key + "/rotate";
    return Stream.of(
        to.post("name", KEYS, right.replace("\"x\"", "\"\\u0000\"")),
        to.post("name", KEYS, right.replace("\"x\"", BadInput.text(101))),
        to.post("scopes", KEYS, right.replace("[\"wallets:read\"]", "[]")),
        to.post("scopes", KEYS, right.replace("[\"wallets:read\"]", "\"wallets:read\"")),
        to.post("scopes[0]", KEYS, right.replace("wallets:read", "wallets:fly")),
        to.post("scopes[0]", KEYS, right.replace("\"wallets:read\"", "1")),
        to.post("connection_ids", KEYS, right + ",\"connection_ids\":[]"),
        to.post("connection_ids[0]", KEYS, right + ",\"connection_ids\":[\"x\"]"),
        to.post("overlap_seconds", rotate, "\"overlap_seconds\":-1"),
        to.post("overlap_seconds", rotate, "\"overlap_seconds\":604801"),
        to.post("overlap_seconds", rotate, "\"overlap_seconds\":1.5"),
        to.post("overlap_seconds", rotate, "\"overlap_seconds\":\"60\""),
        to.post("overlap_seconds", rotate, "\"overlap_seconds\":99999999999999999999"));
  }

  private Stream<BadInput> auditFilters() {
    return Stream.of(
        to.get("subject_id", AUDIT + "?subject_id=1"),
        to.get("action", AUDIT + "?action=" + "a".repeat(65)),
        to.get("action", AUDIT + "?action=%0A"));
  }
}
