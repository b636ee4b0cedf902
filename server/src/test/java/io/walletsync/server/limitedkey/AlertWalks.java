package io.walletsync.server.limitedkey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Walks over alert rules and alerts. */
record AlertWalks(TwoConnections at, Walks walks) implements Walk {
  @Override
  public void lay() {
    rules();
    alerts();
  }

  private void rules() {
    var path = "/api/v1/alert-rules";
    walks.on(
        "GET " + path,
        () ->
            assertThat(Walks.ids(at.limited.get(path + "?limit=100"), "rule_id"))
                .contains(at.ownRule)
                .doesNotContain(at.otherRule, at.everybodysRule));
    walks.on(
        "POST " + path,
        () -> {
          var about = "{\"name\":\"x\",\"scope\":{%s},\"condition\":{\"kind\":\"sync_failing\"}}";
          for (var foreign :
              Map.of("wallet_id", at.otherWallet, "connection_id", at.other).entrySet()) {
            var scope = "\"" + foreign.getKey() + "\":\"%s\"";
            assertThat(
                    at.limited
                        .post(path, about.formatted(scope.formatted(foreign.getValue())))
                        .body())
                .isEqualTo(
                    at.limited
                        .post(path, about.formatted(scope.formatted(UUID.randomUUID())))
                        .body());
          }
          var made = at.limited.post(path, about.formatted("")).expect(201);
          assertThat(made.json().at("/connection_ids/0").asString()).isEqualTo(at.own);
          assertThat(made.json().get("connection_ids")).hasSize(1);
        });
    walks.on(
        "PATCH " + path + "/{rule_id}", () -> isNotItsToChange("PATCH", path + "/" + at.ownRule));
    walks.on(
        "DELETE " + path + "/{rule_id}", () -> isNotItsToChange("DELETE", path + "/" + at.ownRule));
    for (var rule : List.of(at.otherRule, at.everybodysRule)) {
      walks.on(
          "GET " + path + "/{rule_id}", () -> at.looksLikeNowhere("GET", path + "/%s", rule, null));
      walks.on(
          "PATCH " + path + "/{rule_id}",
          () -> at.looksLikeNowhere("PATCH", path + "/%s", rule, "{\"enabled\":false}"));
      walks.on(
          "DELETE " + path + "/{rule_id}",
          () -> at.looksLikeNowhere("DELETE", path + "/%s", rule, null));
    }
  }

  /** Who sees everything made it, about what the key sees. */
  private void isNotItsToChange(String method, String rule) {
    at.limited.get(rule).expect(200);
    var change = method.equals("PATCH") ? "{\"enabled\":false}" : null;
    assertThat(at.limited.send(method, rule, null, Map.of(), change).expect(403).text("type"))
        .endsWith(":beyond-own-rights");
    assertThat(at.limited.get(rule).expect(200).json().at("/enabled").asBoolean()).isTrue();
  }

  private void alerts() {
    var path = "/api/v1/alerts";
    walks.on(
        "GET " + path,
        () -> {
          assertThat(Walks.ids(at.limited.get(path), "wallet_id"))
              .isNotEmpty()
              .containsOnly(at.ownWallet);
          assertThat(Walks.ids(at.limited.get(path + "?wallet_id=" + at.otherWallet), "wallet_id"))
              .isEmpty();
          assertThat(Walks.ids(at.limited.get(path + "?rule_id=" + at.otherRule), "wallet_id"))
              .isEmpty();
        });
    for (var part : new String[] {"", "/history"}) {
      walks.on(
          "GET " + path + "/{alert_id}" + part,
          () -> at.looksLikeNowhere("GET", path + "/%s" + part, at.otherAlert, null));
    }
    for (var verb :
        Map.of(
                "acknowledge", "{}",
                "snooze", "{\"until\":\"2027-03-01T00:00:00Z\"}",
                "resolve", "{\"note\":\"x\"}")
            .entrySet()) {
      walks.on(
          "POST " + path + "/{alert_id}/" + verb.getKey(),
          () ->
              at.looksLikeNowhere(
                  "POST", path + "/%s/" + verb.getKey(), at.otherAlert, verb.getValue()));
    }
  }
}
