package io.walletsync.server.provider.flutterwave;

import java.util.List;
import java.util.stream.Stream;

/** Ways to state no amount. */
public final class Broken {
  private Broken() {}

  /** What may stand where an amount should, and is none. */
  public static final List<String> AMOUNTS =
      List.of(
          "null",
          "\"1\"",
          "\"1200.09\"",
          "\"\"",
          "true",
          "[1]",
          "{}",
          "{\"value\":1}",
          "1e999999999",
          "-1e999999999",
          "1e-999999999",
          "1e2147483647",
          "1e99999999999",
          "1e-99999999999",
          "0.0000000000000000001",
          "1000000000000000000",
          "1e18",
          "9".repeat(2000),
          "0." + "1".repeat(2000),
          "NaN",
          "Infinity",
          "-",
          "01",
          "1.",
          ".5",
          "+1",
          "0x1F",
          "1,5",
          "1 5");

  /** What may stand where a currency should, and is none. */
  public static final List<String> CURRENCIES =
      List.of("null", "566", "\"\"", "\"NG\"", "\"naira!\"", "[\"NGN\"]", "{}");

  /** Frames without a readable {@code status}, or without the data that it promises. */
  public static Stream<String> envelopes(String data) {
    return Stream.of(
        "{\"status\":\"success\",\"message\":\"Wallet balances fetched\"}",
        "{\"status\":\"success\",\"data\":null}",
        "{\"status\":\"success\",\"data\":\"" + "x" + "\"}",
        "{\"status\":\"success\",\"data\":{}}",
        "{\"status\":\"success\",\"data\":[null]}",
        "{\"status\":\"success\",\"data\":[[]]}",
        "{\"status\":true,\"data\":" + data + "}",
        "{\"status\":\"true\",\"data\":" + data + "}",
        "{\"status\":\"Success\",\"data\":" + data + "}",
        "{\"status\":\"pending\",\"data\":" + data + "}",
        "{\"status\":1,\"data\":" + data + "}",
        "{\"status\":null,\"data\":" + data + "}",
        "{\"data\":" + data + "}",
        "{\"status\":\"error\",\"status\":\"success\",\"data\":" + data + "}",
        "[".repeat(100_000),
        "{\"status\":".repeat(10_000));
  }
}
