package io.walletsync.server.badinput;

import java.util.stream.Stream;

/** What every listing refuses in the same way: limits and cursors. */
record BadPageInput(BadInputServer to) implements BadInputs {
  private static final String WALLETS = "/api/v1/wallets";
  private static final String CONNECTIONS = "/api/v1/connections";
  private static final String KEYS = "/api/v1/api-keys";
  private static final String AUDIT = "/api/v1/audit-entries";
  private static final String EVENTS = "/api/v1/provider-events";
  private static final String RUNS = "/api/v1/sync-runs";
  private static final String RECONCILIATIONS = "/api/v1/reconciliations";
  private static final String RULES = "/api/v1/alert-rules";
  private static final String ALERTS = "/api/v1/alerts";

  @Override
  public Stream<BadInput> all() {
    return Stream.of(
            CONNECTIONS, WALLETS, KEYS, AUDIT, EVENTS, RUNS, RECONCILIATIONS, RULES, ALERTS)
        .flatMap(
            listing ->
                Stream.concat(
                    Stream.of("0", "101", "abc", "-1", "", "1.5", "01", "%2B5", "1&limit=2")
                        .map(limit -> to.get("limit", listing + "?limit=" + limit)),
                    badCursors(listing)));
  }

  private Stream<BadInput> badCursors(String listing) {
    var cursor = to.client.get(listing + "?limit=1").expect(200).text("next_cursor");
    var other = listing.equals(WALLETS) ? CONNECTIONS : WALLETS;
    var othersCursor = to.client.get(other + "?limit=1").expect(200).text("next_cursor");
    var changed = cursor.startsWith("A") ? "B" : "A";
    return Stream.of(
            "",
            "AAAA",
            "!",
            "%00",
            to.wallet,
            changed + cursor.substring(1),
            cursor + "A",
            cursor + "=",
            cursor.substring(0, cursor.length() - 2),
            othersCursor)
        .map(bad -> to.get("cursor", listing + "?cursor=" + bad));
  }
}
