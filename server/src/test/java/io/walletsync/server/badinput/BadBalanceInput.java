package io.walletsync.server.badinput;

import java.util.stream.Stream;

/** What the routes of balances, their history and the sums over them cannot read. */
record BadBalanceInput(BadInputServer to) implements BadInputs {
  private static final String WALLETS = "/api/v1/wallets";

  @Override
  public Stream<BadInput> all() {
    return Stream.of(ages(), histories(), analytics(), positions()).flatMap(cases -> cases);
  }

  private Stream<BadInput> ages() {
    return Stream.of(
        to.get("max_age", balanceAged("-PT1S")),
        to.get("max_age", balanceAged("1h")),
        to.get("max_age", balanceAged("")),
        to.get("max_age", balanceAged("P1Y")),
        to.get("max_age", balanceAged("PT99999999999999999999999S")));
  }

  private Stream<BadInput> histories() {
    var history = WALLETS + "/" + to.wallet + "/balance/history?";
    return Stream.of(
        to.get("at", history + "at=yesterday"),
        to.get("at", history + "at=2026-01-01"),
        to.get("at", history + "at=%2B20000-01-01T00:00:00Z"),
        to.get("known_at", history + "at=2026-01-01T00:00:00Z&known_at=-1"),
        to.get("known_at", history + "known_at=2026-01-01T00:00:00Z"),
        to.get("limit", history + "at=2026-01-01T00:00:00Z&limit=5"),
        to.get("from", history + "from=-0001-01-01T00:00:00Z"),
        to.get("to", history + "from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00Z"),
        to.get("order", history + "order=newest"),
        to.get("limit", history + "limit=101"),
        to.get("limit", history + "limit=0"),
        to.get("cursor", history + "cursor=nonsense"));
  }

  private Stream<BadInput> analytics() {
    var analytics = WALLETS + "/" + to.wallet + "/analytics?";
    var changes = "/api/v1/analytics/changes?";
    var january = "from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z";
    return Stream.of(
        to.get("bucket", analytics + "bucket=year"),
        to.get("tz", analytics + "tz=Africa/Atlantis"),
        to.get("tz", analytics + "tz="),
        to.get("to", analytics + "from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z"),
        to.get("to", analytics + "from=2025-01-01T00:00:00Z&bucket=hour"),
        to.get("to", analytics + "from=0001-01-01T00:00:00Z&bucket=month"),
        to.get("from", analytics + "from=9000-01-01T00:00:00Z"),
        to.get("group_by", changes + january),
        to.get("group_by", changes + january + "&group_by=currency"),
        to.get("from", changes + "group_by=wallet&to=2026-01-01T00:00:00Z"),
        to.get("to", changes + "group_by=wallet&from=2026-01-01T00:00:00Z"),
        to.get("limit", changes + january + "&group_by=provider&limit=5"),
        to.get("cursor", changes + january + "&group_by=wallet&cursor=nonsense"));
  }

  private Stream<BadInput> positions() {
    return Stream.of(
        to.get("group_by", "/api/v1/positions?group_by=colour"),
        to.get("group_by", "/api/v1/positions?group_by="),
        to.get("group_by", "/api/v1/positions?group_by=owner,owner"),
        to.get("at", "/api/v1/positions?at=9000-01-01T00:00:00Z"),
        to.get("max_age", "/api/v1/positions?max_age=5"),
        to.get("max_age", "/api/v1/positions?at=2026-01-01T00:00:00Z&max_age=PT5M"),
        to.get("stale", "/api/v1/positions?max_age=PT5M&stale=drop"),
        to.get("stale", "/api/v1/positions?stale=refuse"));
  }

  private String balanceAged(String maxAge) {
    return WALLETS + "/" + to.wallet + "/balance?max_age=" + maxAge;
  }
}
