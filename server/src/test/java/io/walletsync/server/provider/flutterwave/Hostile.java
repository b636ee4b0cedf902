package io.walletsync.server.provider.flutterwave;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Bodies that anybody can send to a public address. */
public final class Hostile {
  private Hostile() {}

  public static List<byte[]> bodies() {
    var garbage = new byte[1 << 20];
    new Random(1).nextBytes(garbage);
    var texts =
        Stream.of(
            "",
            " ",
            "null",
            "1",
            "\"x\"",
            "[]",
            "{}",
            "{",
            "{\"event\":",
            "<html></html>",
            "[".repeat(1 << 20),
            "{\"data\":".repeat(100_000),
            "{\"data\":{\"data\":".repeat(200) + "1" + "}}".repeat(200),
            "{\"event\":\"a\",\"event\":\"b\",\"type\":\"a\",\"type\":\"b\"}",
            "{\"event\":1e99999999999,\"type\":1e99999999999,\"id\":1e-99999999999}",
            "{\"event\":" + "9".repeat(1 << 20) + "}",
            "{\"event\":\"" + "x".repeat(1 << 20) + "\"}",
            "{\"type\":\"" + "x".repeat(1 << 20) + "\"}",
            "{\"event\":\"\\u0000\",\"type\":\"\\u0000\",\"id\":\"\\ud800\"}",
            "{\"event\":\"\",\"type\":\"\",\"webhook_id\":\"\",\"data\":{}}",
            "{\"event\":{},\"type\":[],\"id\":{},\"data\":7}",
            "{\"event\":\"charge.completed\",\"type\":\"charge.completed\",\"data\":null}",
            "{\"event\":\"transfer.completed\",\"type\":\"transfer.disburse\",\"data\":[1]}",
            "{\"type\":\"transfer.disburse\",\"data\":{\"fee\":[],\"debit_information\":null}}",
            "{\"AmountRefunded\":{},\"id\":[],\"status\":null}");
    return Stream.concat(
            texts.map(text -> text.getBytes(UTF_8)),
            Stream.of(
                garbage,
                new byte[1 << 20],
                new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'},
                new byte[] {'{', '"', 'e', '"', ':', '"', (byte) 0xc3, '"', '}'},
                new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf, '{', '}'}))
        .toList();
  }
}
