package io.walletsync.server.provider.fincra;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.event.ContentKey;
import io.walletsync.core.event.Delivery;
import io.walletsync.core.event.Notice;
import io.walletsync.core.event.Notice.Concern;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.server.provider.StrictJson;
import io.walletsync.server.provider.simulator.Notification;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FincraWebhookReaderTest {
  private static final String SECRET = "example-fincra-webhook-secret";
  private static final String BODY =
      """
      {"event":"payout.successful","data":{"id":14380,"amountCharged":212000,"fee":150,\
      "sourceCurrency":"GBP","reference":"bf2eb02e-39fe-490a-b933-63f8c4d42125"}}""";
  private static final String SIGNATURE =
      "cd9a48f97633f5127571d1dad9527065536d9f8ff041258c74d2eb9b21da45f0"
          + "26667c425d8403bf5351b8f35f80d1e2a07082c97a83e0d1746e7584f7af81b5";

  private final FincraWebhookReader reader = new FincraWebhookReader();

  @Test
  void knowsWhoSignedTheBytes() {
    assertThat(isGenuine(SIGNATURE, BODY, SECRET)).isTrue();

    assertThat(isGenuine(SIGNATURE, BODY + "\n", SECRET)).isFalse();
    assertThat(isGenuine(SIGNATURE, BODY.replace("150", "151"), SECRET)).isFalse();
    assertThat(isGenuine(SIGNATURE, BODY, SECRET + "x")).isFalse();
    assertThat(isGenuine(SIGNATURE.toUpperCase(Locale.ROOT), BODY, SECRET)).isFalse();
    for (var proof :
        List.of("", " ", SIGNATURE + "00", SIGNATURE.substring(2), "ünïcode", SECRET)) {
      assertThat(isGenuine(proof, BODY, SECRET)).as(proof).isFalse();
    }
    assertThat(reader.isGenuine(new Delivery(Map.of(), BODY.getBytes(UTF_8)), SECRET)).isFalse();
    assertThat(
            reader.isGenuine(
                new Delivery(Map.of("x-paystack-signature", SIGNATURE), BODY.getBytes(UTF_8)),
                SECRET))
        .isFalse();
  }

  @Test
  void signsOverTheRawBytesAlsoOfTextBeyondAscii() {
    var body = Samples.text("webhook-virtualaccount-declined");
    assertThat(body).contains("can’t");
    var proof = Notification.hmacHex("HmacSHA512", SECRET, body.getBytes(UTF_8));

    assertThat(isGenuine(proof, body, SECRET)).isTrue();
    assertThat(isGenuine(proof, body.replace("’", "\\u2019"), SECRET)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          payout-successful            | payout.successful       | GBP
          payout-successful-ngn        | payout.successful       | NGN
          payout-failed                | payout.failed           | GBP
          collection-successful        | collection.successful   | NGN
          collection-successful-older  | collection.successful   | NGN
          collection-failed            | collection.failed       | nothing
          charge-successful            | charge.successful       | NGN
          conversion-successful        | conversion.successful   | GBP NGN
          conversion-failed            | conversion.failed       | NGN
          virtualaccount-declined      | virtualaccount.declined | nothing
          """)
  void readsEveryDocumentedEvent(String sample, String type, String concern) throws Exception {
    var body = Samples.text("webhook-" + sample);
    var notice = read(body);

    assertThat(notice.type()).isEqualTo(type);
    assertThat(notice.eventId()).isNull();
    assertThat(words(notice.concern())).isEqualTo(concern);
    // the same event in other bytes has the same key, unless nothing in it names the event
    var again = StrictJson.object(body.getBytes(UTF_8)).toString();
    assertThat(again).isNotEqualTo(body);
    var byBody = type.startsWith("virtualaccount.");
    assertThat(read(again).contentKey().equals(notice.contentKey())).isEqualTo(!byBody);
    assertThat(notice.contentKey().equals(ContentKey.ofBody(body.getBytes(UTF_8))))
        .isEqualTo(byBody);
  }

  @Test
  void everyDocumentedEventHasAKeyOfItsOwn() {
    var keys =
        Stream.of(
                "payout-successful",
                "payout-successful-ngn",
                "payout-failed",
                "collection-successful",
                "collection-successful-older",
                "collection-failed",
                "charge-successful",
                "conversion-successful",
                "conversion-failed",
                "virtualaccount-declined")
            .map(sample -> read(Samples.text("webhook-" + sample)).contentKey());

    assertThat(keys).doesNotHaveDuplicates();
  }

  @Test
  void oneReferenceMayFailAndSucceedAndBothAreEvents() {
    var done = read(event("payout.successful", "\"reference\":\"r\",\"id\":1"));

    assertThat(read(event("payout.failed", "\"reference\":\"r\",\"id\":1")).contentKey())
        .isNotEqualTo(done.contentKey());
    assertThat(read(event("payout.successful", "\"reference\":\"r\",\"id\":2")).contentKey())
        .isNotEqualTo(done.contentKey());
    assertThat(read(event("payout.successful", "\"id\":\"1\",\"reference\":\"r\"")).contentKey())
        .isEqualTo(done.contentKey());
    // of a collection the reference is all there is
    assertThat(read(event("collection.successful", "\"reference\":\"r\",\"id\":1")).contentKey())
        .isEqualTo(
            read(event("collection.successful", "\"reference\":\"r\",\"id\":2")).contentKey());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          payout.reversed         | "sourceCurrency":"NGN"                             | everything
          payout.successful       | "fee":1                                            | everything
          payout.successful       | "sourceCurrency":7                                 | everything
          payout.successful       | "sourceCurrency":"no currency"                     | everything
          conversion.successful   | "sourceCurrency":"NGN"                             | everything
          conversion.successful   | "sourceCurrency":"NGN","destinationCurrency":"ngn" | NGN
          collection.successful   | "sourceCurrency":"GBP","destinationCurrency":"USDT"| USDT
          charge.failed           | "currency":"KES"                                   | KES
          virtualaccount.approved | "currency":"KES"                                   | nothing
          virtualaccount.issued   | "currency":"KES"                                   | nothing
          virtualaccount.changed  | "currency":"KES"                                   | nothing
          virtualaccount.closed   | "currency":"KES"                                   | nothing
          virtualaccount.frozen   | "currency":"KES"                                   | everything
          """)
  void concernsTheWalletsThatMayHaveChanged(String type, String data, String concern) {
    assertThat(words(read(event(type, data)).concern())).isEqualTo(concern);
  }

  @Test
  void whatCannotBeReadIsUnknownAndConcernsEverything() {
    for (var body :
        List.of(
            "",
            "{",
            "null",
            "[]",
            "{\"event\":7}",
            "{\"event\":\"\"}",
            "{\"event\":\"zwölf\"}",
            "{\"event\":\"two words\"}",
            "{\"event\":\"" + "x".repeat(101) + "\"}",
            "{\"event\":\"payout.failed\",\"data\":{\"id\":1e99999999999999999999}}",
            "{\"event\":\"payout.failed\"}{}")) {
      var notice = read(body);

      assertThat(notice.type()).as(body).isEqualTo(Notice.UNKNOWN);
      assertThat(notice.concern()).as(body).isEqualTo(new Concern.Everything());
      assertThat(notice.contentKey()).as(body).isEqualTo(ContentKey.ofBody(body.getBytes(UTF_8)));
    }
  }

  @Test
  void readsForTheProviderThatIsAsked() {
    assertThat(reader.profile()).isEqualTo(FincraProfile.PROFILE);
  }

  private boolean isGenuine(String proof, String body, String secret) {
    return reader.isGenuine(new Delivery(Map.of("signature", proof), body.getBytes(UTF_8)), secret);
  }

  private Notice read(String body) {
    return reader.read(body.getBytes(UTF_8));
  }

  private static String event(String type, String data) {
    return "{\"event\":\"" + type + "\",\"data\":{" + data + "}}";
  }

  private static String words(Concern concern) {
    return switch (concern) {
      case Concern.Nothing() -> "nothing";
      case Concern.Everything() -> "everything";
      case Concern.Currencies(var currencies) ->
          currencies.stream().map(CurrencyCode::value).sorted().collect(Collectors.joining(" "));
    };
  }
}
