package io.walletsync.server.badinput;

import io.walletsync.server.support.ApiClient.Answer;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the routes of expected balances and reconciliations cannot read. */
record BadReconciliationInput(BadInputServer to) implements BadInputs {
  private static final String WALLETS = "/api/v1/wallets";
  private static final String BOOKS = "/api/v1/expected-balances";
  private static final String RECONCILIATIONS = "/api/v1/reconciliations";

  @Override
  public Stream<BadInput> all() {
    return Stream.of(expectedBalances(), reconciliations()).flatMap(cases -> cases);
  }

  private Stream<BadInput> expectedBalances() {
    var right = to.row("2026-03-01");
    var rows = IntStream.range(0, 1_001).mapToObj(_ -> "{}").collect(Collectors.joining(","));
    return Stream.of(
        book("amount", right.replace("\"1\"", "\"0.1234567890123456789\"")),
        book("amount", right.replace("\"1\"", "\"1234567890123456789\"")),
        book("amount", right.replace("\"1\"", "\"1e3\"")),
        book("amount", right.replace("\"1\"", "\"+1\"")),
        book("amount", right.replace("\"1\"", "\"01\"")),
        book("amount", right.replace("\"1\"", "\"1.\"")),
        book("amount", right.replace("\"1\"", "\"\"")),
        book("amount", right.replace("\"1\"", "\"NaN\"")),
        book("amount", right.replace("\"1\"", "1")),
        book("amount", right.replace("\"1\"", "null")),
        book("as_of", right.replace("00:00Z", "00:00")),
        book("as_of", right.replace("2026", "1969")),
        book("as_of", right.replace("2026", "+999999")),
        book("as_of", right.replace("2026-03-01", "2026-02-30")),
        book("reference", right.replace("\"x\"", "\"\"")),
        book("reference", right.replace("\"x\"", "\"a\\u0000b\"")),
        book("reference", right.replace("\"x\"", "\"" + "x".repeat(129) + "\"")),
        book("wallet_id", right.replace(to.wallet, "1-1-1-1-1")),
        book("currency", right + ",\"currency\":\"N\""),
        book("tolerance", right + ",\"tolerance\":\"-1\""),
        book("settlement_lag", right + ",\"settlement_lag\":\"-PT1S\""),
        book("settlement_lag", right + ",\"settlement_lag\":\"PT168H1S\""),
        book("settlement_lag", right + ",\"settlement_lag\":\"PT0.5S\""),
        book("settlement_lag", right + ",\"settlement_lag\":\"1h\""),
        book("colour", right + ",\"colour\":\"blue\""),
        to.post("expected_balances", BOOKS, "\"expected_balances\":null"),
        to.post("expected_balances", BOOKS, "\"expected_balances\":[]"),
        to.post("expected_balances", BOOKS, "\"expected_balances\":{}"),
        to.post("expected_balances", BOOKS, "\"expected_balances\":[" + rows + "]"),
        to.post("expected_balances[1]", BOOKS, "\"expected_balances\":[{" + right + "},5]"),
        BadInput.of(
            422,
            "expected-balances-refused",
            "another currency",
            () -> one(right + ",\"currency\":\"GHS\"")),
        BadInput.of(
            422,
            "expected-balances-refused",
            "the future",
            () -> one(right.replace("2026", "9999"))),
        BadInput.of(
            422,
            "expected-balances-refused",
            "one of two rows",
            () ->
                to.client.post(
                    BOOKS,
                    "{\"expected_balances\":[{%s},{%s}]}"
                        .formatted(right, right.replace(to.wallet, to.key)))));
  }

  private BadInput book(String field, String row) {
    return to.post("expected_balances[0]." + field, BOOKS, "\"expected_balances\":[{" + row + "}]");
  }

  private Answer one(String row) {
    return to.client.send(
        "PUT",
        WALLETS + "/" + to.wallet + "/expected-balance",
        null,
        Map.of(),
        "{" + row.substring(row.indexOf(',') + 1) + "}");
  }

  private Stream<BadInput> reconciliations() {
    return Stream.of(
        to.get("state", RECONCILIATIONS + "?state=OPEN"),
        to.get("min_drift", RECONCILIATIONS + "?min_drift=-1"),
        to.get("min_drift", RECONCILIATIONS + "?min_drift=1e5"),
        to.get("from", RECONCILIATIONS + "?from=yesterday"),
        to.get("to", RECONCILIATIONS + "?to=2026-01-01"),
        to.get("wallet_id", RECONCILIATIONS + "?wallet_id=1"),
        to.get("min_drift", RECONCILIATIONS + "?min_drift=1"),
        to.get("min_drift", RECONCILIATIONS + "?min_drift=1&state=agreed"),
        to.get(
            "min_drift",
            RECONCILIATIONS + "?min_drift=1&from=2026-01-01T00:00:00Z&to=2026-02-02T00:00:00Z"),
        to.get("to", RECONCILIATIONS + "?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z"),
        to.get("cursor", RECONCILIATIONS + "?state=open&cursor=" + nextOfAll()),
        to.post("note", RECONCILIATIONS + "/" + to.wallet + "/accept", "\"note\":null"),
        to.post("note", RECONCILIATIONS + "/" + to.wallet + "/resolve", "\"note\":\" \""));
  }

  /** A cursor of the listing without filters. */
  private String nextOfAll() {
    return to.client.get(RECONCILIATIONS + "?limit=1").expect(200).text("next_cursor");
  }
}
