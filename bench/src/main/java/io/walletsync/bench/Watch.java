package io.walletsync.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** Fifty rules and twenty subscriptions, for as long as it is open. */
final class Watch implements AutoCloseable {
  private static final int RULES = 50;
  private static final int SUBSCRIPTIONS = 20;
  private static final int DEAD = 2;
  private static final int SLOW = 1;
  private static final String RULES_PATH = "/api/v1/alert-rules";
  private static final String SUBSCRIPTIONS_PATH = "/api/v1/webhook-subscriptions";

  private final Installation installation;
  private final List<String> made = new ArrayList<>();

  private Watch(Installation installation) {
    this.installation = installation;
  }

  /** Each subscription is about a wallet of its own, of which there are to be a hundred. */
  static Watch begin(Installation installation, Receivers receivers, Wallets wallets)
      throws IOException {
    return begin(
        installation,
        receivers,
        Watch::rule,
        number -> about("wallet_ids", wallets.ids(), number, 1));
  }

  /**
   * Each subscription is about a hundredth of the accounts; no rule is about wallets of one
   * currency only, and the tenth that opens alerts is about one account each.
   */
  static Watch begin(Installation installation, Receivers receivers, Fleet fleet)
      throws IOException {
    var accounts = fleet.connections();
    return begin(
        installation,
        receivers,
        number -> ruleOfAll(number, accounts.get(number % accounts.size())),
        number -> about("connection_ids", accounts, number, hundredth(fleet)));
  }

  /** How many accounts of a fleet a subscription is about. */
  static int hundredth(Fleet fleet) {
    return Math.max(1, fleet.connections().size() / 100);
  }

  private static Watch begin(
      Installation installation,
      Receivers receivers,
      IntFunction<String> rule,
      IntFunction<String> filter)
      throws IOException {
    var watch = new Watch(installation);
    try (var api = installation.api()) {
      for (var number = 0; number < RULES; number++) {
        watch.made.add(RULES_PATH + "/" + api.create(RULES_PATH, rule.apply(number), "rule_id"));
      }
      for (var number = 0; number < SUBSCRIPTIONS; number++) {
        var url =
            number < watch.healthy()
                ? receivers.healthy(number)
                : number < watch.healthy() + SLOW ? receivers.slow() : receivers.dead();
        watch.made.add(
            SUBSCRIPTIONS_PATH
                + "/"
                + api.create(
                    SUBSCRIPTIONS_PATH,
                    subscription(number, url, filter.apply(number)),
                    "subscription_id"));
      }
    }
    return watch;
  }

  int healthy() {
    return SUBSCRIPTIONS - DEAD - SLOW;
  }

  /** Most of all kinds are looked at with each change; some of them open alerts. */
  private static String rule(int number) {
    var condition =
        switch (number % 5) {
          case 0 ->
              "\"kind\":\"balance_above\",\"threshold\":\"%d\"".formatted(1_000_000 + number * 20);
          case 1 -> "\"kind\":\"dropped_to_zero\",\"from\":\"0.01\"";
          default -> "\"kind\":\"balance_below\",\"threshold\":\"%d\"".formatted(number + 1);
        };
    return """
        {"name":"rule %d","severity":"warning","condition":{"currency":"NGN",%s}}"""
        .formatted(number, condition);
  }

  private static String ruleOfAll(int number, UUID account) {
    var condition =
        switch (number % 10) {
          case 0 ->
              """
              {"kind":"balance_above","currency":"NGN","threshold":"%d"}"""
                  .formatted(1_000_000 + number * 2);
          case 1, 2, 3 ->
              """
              {"kind":"balance_below","currency":"NGN","threshold":"%d"}"""
                  .formatted(number + 1);
          case 4, 5, 6 -> "{\"kind\":\"dropped_to_zero\"}";
          default -> "{\"kind\":\"reading_quarantined\"}";
        };
    var scope = number % 10 == 0 ? "{\"connection_id\":\"" + account + "\"}" : "{}";
    return """
        {"name":"rule %d","severity":"warning","scope":%s,"condition":%s}"""
        .formatted(number, scope, condition);
  }

  private static String about(String what, List<UUID> ids, int number, int count) {
    var from = number * count % ids.size();
    return ids.subList(from, Math.min(from + count, ids.size())).stream()
        .map(id -> '"' + id.toString() + '"')
        .collect(Collectors.joining(",", '"' + what + "\":[", "]"));
  }

  private static String subscription(int number, String url, String filter) {
    return """
        {"name":"receiver %d","channel":{"type":"webhook","url":"%s"},
         "filter":{"events":["balance.changed"],%s}}"""
        .formatted(number, url, filter);
  }

  @Override
  public void close() throws IOException {
    try (var api = installation.api()) {
      for (var path : made) {
        api.delete(path);
      }
    }
  }
}
