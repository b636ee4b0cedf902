package io.walletsync.server.badinput;

import io.walletsync.server.support.ApiClient;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** What the routes of a sync of one wallet, and of a run over many, cannot read. */
record BadSyncInput(BadInputServer to) implements BadInputs {
  private static final String WALLETS = "/api/v1/wallets";
  private static final String RUNS = "/api/v1/sync-runs";

  @Override
  public Stream<BadInput> all() {
    return Stream.of(syncs(), runs()).flatMap(cases -> cases);
  }

  private Stream<BadInput> syncs() {
    var sync = WALLETS + "/" + to.wallet + "/sync-balance";
    var header =
        Stream.of("k".repeat(256), "with space", "", "schlüssel", "a\"b", "a,b")
            .map(
                bad ->
                    BadInput.field(
                        "Idempotency-Key",
                        "the key " + bad,
                        () ->
                            bad.chars().allMatch(c -> c < 127)
                                ? to.client.sync(to.wallet, bad)
                                : to.client.sync(to.wallet, "%C3%BC")));
    var aliases =
        Stream.of("k".repeat(256), "with space", "")
            .flatMap(
                bad ->
                    Stream.of(
                        to.post("idempotency_key", sync, "\"idempotency_key\":\"" + bad + "\""),
                        BadInput.field(
                            "idempotency_key",
                            "in the query " + bad,
                            () ->
                                to.client.post(
                                    sync + "?idempotency_key=" + bad.replace(" ", "%20"), "{}"))));
    var others =
        Stream.of(
            to.post("user_id", sync, "\"user_id\":\"\""),
            to.post("user_id", sync, "\"user_id\":" + BadInput.text(129)),
            to.post("user_id", sync, "\"user_id\":\"a\\nb\""),
            to.post("user_id", sync, "\"user_id\":5"),
            to.post("idempotency_key", sync, "\"idempotency_key\":5"),
            BadInput.field(
                "Idempotency-Key",
                "two keys that differ",
                () -> to.client.send("POST", sync, "a", Map.of(), "{\"idempotency_key\":\"b\"}")));
    return Stream.of(header, aliases, others).flatMap(cases -> cases);
  }

  private Stream<BadInput> runs() {
    var one = "\"connection_id\":\"" + to.connection + "\"";
    return Stream.of(
        filter("filter", "{}"),
        filter("filter", "{\"filter\":null}"),
        filter("filter", "{\"filter\":[]}"),
        filter("filter", "{\"filter\":\"all\"}"),
        filter("filter", "{\"filter\":{}}"),
        filter("filter", "{\"filter\":{\"all\":null}}"),
        filter("filter", "{\"filter\":{\"all\":true," + one + "}}"),
        filter("filter", "{\"filter\":{\"provider\":\"paystack\"," + one + "}}"),
        filter("filter.all", "{\"filter\":{\"all\":false}}"),
        filter("filter.all", "{\"filter\":{\"all\":\"true\"}}"),
        filter("filter.colour", "{\"filter\":{\"all\":true,\"colour\":\"blue\"}}"),
        filter("colour", "{\"filter\":{\"all\":true},\"colour\":\"blue\"}"),
        filter("all", "{\"all\":true}"),
        filter("filter.connection_id", "{\"filter\":{\"connection_id\":\"1-1-1-1-1\"}}"),
        filter(
            "filter.connection_id",
            "{\"filter\":{\"connection_id\":\"" + UUID.randomUUID() + "\"}}"),
        filter("filter.provider", "{\"filter\":{\"provider\":\"nobody\"}}"),
        filter("filter.provider", "{\"filter\":{\"provider\":\"No one!\"}}"),
        filter("filter.owner_id", "{\"filter\":{\"owner_id\":\"\"}}"),
        filter("filter.owner_id", "{\"filter\":{\"owner_id\":5}}"),
        to.get("state", RUNS + "?state=asleep"));
  }

  private BadInput filter(String field, String body) {
    return BadInput.field(
        field,
        field + " of " + body,
        () -> to.client.send("POST", RUNS, ApiClient.randomKey(), Map.of(), body));
  }
}
