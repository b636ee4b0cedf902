package io.walletsync.server.badinput;

import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the routes of wallets cannot read. */
record BadWalletInput(BadInputServer to) implements BadInputs {
  private static final String WALLETS = "/api/v1/wallets";

  @Override
  public Stream<BadInput> all() {
    return Stream.of(wallets(), changes(), filters()).flatMap(cases -> cases);
  }

  private Stream<BadInput> wallets() {
    var right = "\"connection_id\":\"" + to.connection + "\",\"currency\":\"KES\"";
    return Stream.of(
        to.post("connection_id", WALLETS, right.replace(to.connection, "1-1-1-1-1")),
        to.post("connection_id", WALLETS, right.replace(to.connection, UUID.randomUUID() + "")),
        to.post("currency", WALLETS, right.replace("KES", "X")),
        to.post("currency", WALLETS, right.replace("KES", "K E S")),
        to.post("currency", WALLETS, right.replace("\"KES\"", "404")),
        to.post("provider_account_id", WALLETS, right + ",\"provider_account_id\":\"1\""),
        to.post("owner_id", WALLETS, right + ",\"owner_id\":\"\\u001b[31m\""),
        to.post("owner_id", WALLETS, right + ",\"owner_id\":\"\""),
        to.post("provider_customer_id", WALLETS, right + ",\"provider_customer_id\":7"),
        to.post("metadata", WALLETS, right + ",\"metadata\":[]"),
        to.post("metadata", WALLETS, right + ",\"metadata\":" + entries(51)),
        to.post("metadata", WALLETS, right + ",\"metadata\":" + entry("x".repeat(41), "\"\"")),
        to.post("metadata", WALLETS, right + ",\"metadata\":" + entry("", "\"\"")),
        to.post("metadata", WALLETS, right + ",\"metadata\":" + entry("a", BadInput.text(501))),
        to.post("metadata", WALLETS, right + ",\"metadata\":" + entry("a", "\"\\u0000\"")),
        to.post("metadata.a", WALLETS, right + ",\"metadata\":" + entry("a", "1")),
        to.post("metadata.a", WALLETS, right + ",\"metadata\":" + entry("a", "null")),
        to.post("metadata.a", WALLETS, right + ",\"metadata\":" + entry("a", "{}")),
        BadInput.of(
            422,
            "currency-not-offered",
            "a currency the provider does not have",
            () -> to.client.post(WALLETS, "{" + right.replace("KES", "ZZZ") + "}")));
  }

  private Stream<BadInput> changes() {
    return Stream.of(
        change("status", "\"status\":\"closed\""),
        change("status", "\"status\":true"),
        change("metadata", "\"metadata\":\"x\""),
        change("metadata", "\"metadata\":" + entries(51)),
        change("metadata", "\"metadata\":" + entry("x".repeat(41), "\"\"")),
        change("metadata", "\"metadata\":" + entry("a", BadInput.text(501))),
        change("metadata.a", "\"metadata\":" + entry("a", "1")),
        change("metadata.a?", "\"metadata\":{\"a\\u0000\":null,\"b\":\"1\"}"),
        change("metadata.a?", "\"metadata\":{\"a\\ud800\":null,\"b\":\"1\"}"),
        change("currency", "\"currency\":\"GHS\""));
  }

  private BadInput change(String field, String members) {
    return to.patch(field, WALLETS + "/" + to.wallet, members);
  }

  private Stream<BadInput> filters() {
    return Stream.of(
        to.get("connection_id", WALLETS + "?connection_id=abc"),
        to.get("provider", WALLETS + "?provider=Pay%20Stack"),
        to.get("currency", WALLETS + "?currency=X"),
        to.get("owner_id", WALLETS + "?owner_id="),
        to.get("owner_id", WALLETS + "?owner_id=a%00b"),
        to.get("owner_id", WALLETS + "?owner_id=" + "a".repeat(129)),
        to.get("status", WALLETS + "?status=open"));
  }

  private static String entry(String name, String value) {
    return "{\"" + name + "\":" + value + "}";
  }

  private static String entries(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"n" + i + "\":\"\"")
        .collect(Collectors.joining(",", "{", "}"));
  }
}
