package io.walletsync.server.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.event.Delivery;
import io.walletsync.core.event.WebhookReader;
import io.walletsync.server.provider.fincra.FincraConfiguration;
import io.walletsync.server.provider.paystack.PaystackConfiguration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Whoever finds the address may post anything to it: no reader throws, whatever the bytes. */
final class WebhookReaderProperties {
  private static final List<WebhookReader> READERS = readers();

  @Property(tries = 300)
  void noBytesAreTooStrange(@ForAll byte[] body, @ForAll String proof) {
    check(body, proof);
  }

  @Property(tries = 300)
  void noJsonIsTooStrange(@ForAll("json") String body) {
    check(body.getBytes(UTF_8), "");
  }

  @Example
  void noBodyIsTooDeepOrTooLong() {
    for (var body :
        List.of(
            "[".repeat(1_000_000),
            "{\"data\":".repeat(500_000),
            "{\"event\":\"payout.failed\",\"data\":{\"id\":" + "9".repeat(1_000_000) + "}}",
            "{\"event\":\"payout.failed\",\"data\":{\"id\":1e999999999}}",
            "{\"event\":\"payout.failed\",\"data\":{\"reference\":\"\\ud800\"}}",
            "{\"event\":\"" + "x".repeat(1_000_000) + "\"}",
            "{\"event\":\"payout.failed\",\"data\":{\"reference\":\""
                + "x".repeat(999_999)
                + "\"}}")) {
      check(body.getBytes(UTF_8), body);
    }
    check(new byte[] {(byte) 0xff, (byte) 0xfe, 0, (byte) 0xc0, (byte) 0x80}, "\ud800");
  }

  @Provide
  Arbitrary<String> json() {
    var values =
        Arbitraries.of(
            "null",
            "7",
            "\"NGN\"",
            "\"\"",
            "{}",
            "[]",
            "{\"currency\":{}}",
            "1e400",
            "-0",
            "\"€\"");
    var types =
        Arbitraries.of("charge.success", "refund.failed", "payout.failed", "conversion.failed");
    var names =
        Arbitraries.of("id", "reference", "currency", "sourceCurrency", "refund_reference", "x");
    return types.flatMap(
        type ->
            Arbitraries.maps(names, values)
                .map(
                    data ->
                        data.entrySet().stream()
                            .map(e -> "\"" + e.getKey() + "\":" + e.getValue())
                            .toList())
                .map(
                    fields ->
                        "{\"event\":\""
                            + type
                            + "\",\"data\":{"
                            + String.join(",", fields)
                            + "}}"));
  }

  private static void check(byte[] body, String proof) {
    for (var reader : READERS) {
      var notice = reader.read(body);

      assertThat(notice.type()).matches("[\\x21-\\x7e]{1,100}");
      assertThat(notice.contentKey()).isEqualTo(reader.read(body).contentKey());
      assertThat(reader.isGenuine(new Delivery(Map.of(), body), "secret")).isFalse();
      var headers = Map.of("signature", proof, "x-paystack-signature", proof);
      assertThat(reader.isGenuine(new Delivery(headers, body), "secret")).isFalse();
    }
  }

  private static List<WebhookReader> readers() {
    try (var context = new AnnotationConfigApplicationContext()) {
      context.registerBean(ProviderUrls.class, () -> new ProviderUrls(Map.of()));
      context.registerBean(InstantSource.class, InstantSource::system);
      context.register(
          ProviderConfiguration.class, PaystackConfiguration.class, FincraConfiguration.class);
      context.refresh();
      return List.copyOf(context.getBeansOfType(WebhookReader.class).values());
    }
  }
}
