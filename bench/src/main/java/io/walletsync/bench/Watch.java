package io.walletsync.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The rules and the subscriptions, for as long as it is open. */
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

  static Watch begin(Installation installation, Receivers receivers, Wallets wallets)
      throws IOException {
    var watch = new Watch(installation);
    try (var api = installation.api()) {
      for (var number = 0; number < RULES; number++) {
        watch.made.add(RULES_PATH + "/" + api.create(RULES_PATH, rule(number), "rule_id"));
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
                    subscription(number, url, wallets.ids().get(number)),
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

  private static String subscription(int number, String url, UUID wallet) {
    return """
        {"name":"receiver %d","channel":{"type":"webhook","url":"%s"},
         "filter":{"events":["balance.changed"],"wallet_ids":["%s"]}}"""
        .formatted(number, url, wallet);
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
