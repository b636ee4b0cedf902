package io.walletsync.server.provider.paystack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.event.ContentKey;
import io.walletsync.core.event.Delivery;
import io.walletsync.core.event.Notice;
import io.walletsync.core.event.Notice.Concern;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.server.provider.StrictJson;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PaystackWebhookReaderTest {
  private static final String SECRET = "sk_test_example_not_a_real_key";
  private static final String BODY =
      """
      {"event":"transfer.success","data":{"id":860703114,"reference":"acv_1","amount":100000,\
      "currency":"NGN"}}""";
  private static final String SIGNATURE =
      "146f1759fd20a1534370c5695d9e335421064cc68a0de616ab8c98e164d59840"
          + "f349768993f7eb304f4ac4763400238617c1e6ef9d6c99ce046413120a47032b";

  private final PaystackWebhookReader reader = new PaystackWebhookReader();

  @Test
  void knowsWhoSignedTheBytes() {
    assertThat(isGenuine(SIGNATURE, BODY, SECRET)).isTrue();

    assertThat(isGenuine(SIGNATURE, BODY + "\n", SECRET)).isFalse();
    assertThat(isGenuine(SIGNATURE, BODY.replace("100000", "100001"), SECRET)).isFalse();
    assertThat(isGenuine(SIGNATURE, BODY, SECRET + "x")).isFalse();
    assertThat(isGenuine(SIGNATURE.toUpperCase(Locale.ROOT), BODY, SECRET)).isFalse();
    for (var proof :
        List.of("", " ", SIGNATURE + "00", SIGNATURE.substring(2), "ünïcode", SECRET)) {
      assertThat(isGenuine(proof, BODY, SECRET)).as(proof).isFalse();
    }
    assertThat(reader.isGenuine(new Delivery(Map.of(), BODY.getBytes(UTF_8)), SECRET)).isFalse();
    assertThat(
            reader.isGenuine(
                new Delivery(Map.of("signature", SIGNATURE), BODY.getBytes(UTF_8)), SECRET))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          charge-success               | charge.success         | NGN
          charge-success-recorded      | charge.success         | NGN
          charge-success-bank-transfer | charge.success         | NGN
          charge-success-mobile-money  | charge.success         | GHS
          transfer-success             | transfer.success       | NGN
          transfer-failed              | transfer.failed        | NGN
          transfer-reversed            | transfer.reversed      | NGN
          refund-pending               | refund.pending         | NGN
          refund-processed             | refund.processed       | NGN
          refund-failed                | refund.failed          | NGN
          refund-needs-attention       | refund.needs-attention | NGN
          charge-dispute-create        | charge.dispute.create  | NGN
          charge-dispute-resolve       | charge.dispute.resolve | NGN
          """)
  void readsEveryDocumentedEvent(String sample, String type, String concern) throws Exception {
    var body = Samples.text("webhook-" + sample);
    var notice = read(body);

    assertThat(notice.type()).isEqualTo(type);
    assertThat(notice.eventId()).isNull();
    assertThat(words(notice.concern())).isEqualTo(concern);
    // the same event in other bytes has the same key; a pending refund has no reference yet
    var again = StrictJson.object(body.getBytes(UTF_8)).toString();
    assertThat(again).isNotEqualTo(body);
    var byBody = type.equals("refund.pending");
    assertThat(read(again).contentKey().equals(notice.contentKey())).isEqualTo(!byBody);
    assertThat(notice.contentKey().equals(ContentKey.ofBody(body.getBytes(UTF_8))))
        .isEqualTo(byBody);
  }

  @Test
  void everyDocumentedEventHasAKeyOfItsOwn() {
    var keys =
        Stream.of(
                "charge-success",
                "charge-success-recorded",
                "charge-success-bank-transfer",
                "charge-success-mobile-money",
                "transfer-success",
                "transfer-failed",
                "transfer-reversed",
                "refund-pending",
                "refund-processed",
                "refund-failed",
                "refund-needs-attention",
                "charge-dispute-create",
                "charge-dispute-resolve")
            .map(sample -> read(Samples.text("webhook-" + sample)).contentKey());

    assertThat(keys).doesNotHaveDuplicates();
  }

  @Test
  void anEventIsNamedByItsIdElseByItsReferenceElseByItsTransferCode() {
    assertThat(key("transfer.failed", "\"id\":3104021987,\"reference\":\"a\""))
        .isEqualTo(key("transfer.failed", "\"reference\":\"b\",\"id\":\"3104021987\""))
        .isNotEqualTo(key("transfer.success", "\"id\":3104021987,\"reference\":\"a\""))
        .isNotEqualTo(key("transfer.failed", "\"id\":3104021988,\"reference\":\"a\""));
    assertThat(key("transfer.failed", "\"reference\":\"7\",\"transfer_code\":\"t\""))
        .isEqualTo(key("transfer.failed", "\"id\":null,\"reference\":\"7\",\"amount\":1"))
        .isNotEqualTo(key("transfer.failed", "\"id\":7"))
        .isNotEqualTo(key("transfer.failed", "\"transfer_code\":\"7\""));
    assertThat(key("transfer.failed", "\"transfer_code\":\"t\",\"amount\":1"))
        .isEqualTo(key("transfer.failed", "\"transfer_code\":\"t\""));
    assertThat(key("transfer.failed", "\"amount\":1"))
        .isNotEqualTo(key("transfer.failed", "\"amount\":2"));
  }

  @Test
  void aRefundIsNamedByBothItsReferences() {
    assertThat(key("refund.failed", "\"transaction_reference\":\"t\",\"refund_reference\":\"r\""))
        .isEqualTo(
            key(
                "refund.failed",
                "\"id\":\"5\",\"refund_reference\":\"r\",\"transaction_reference\":\"t\""))
        .isNotEqualTo(
            key("refund.failed", "\"transaction_reference\":\"t\",\"refund_reference\":\"s\""))
        .isNotEqualTo(
            key("refund.processed", "\"transaction_reference\":\"t\",\"refund_reference\":\"r\""));
    // two parts of one payment are given back, and neither has a reference yet
    assertThat(
            key(
                "refund.pending",
                "\"transaction_reference\":\"t\",\"refund_reference\":null,\"amount\":\"1\""))
        .isNotEqualTo(
            key(
                "refund.pending",
                "\"transaction_reference\":\"t\",\"refund_reference\":null,\"amount\":\"2\""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          refund.processing              | "currency":"ZAR" | ZAR
          charge.dispute.remind          | "currency":"XOF" | XOF
          paymentrequest.success         | "currency":"USD" | USD
          invoice.update                 | "amount":1       | everything
          charge.success                 | "amount":1       | everything
          charge.success                 | "currency":7     | everything
          dedicatedaccount.assign.success| "currency":"NGN" | nothing
          dedicatedaccount.assign.failed | "currency":"NGN" | nothing
          customeridentification.success | "currency":"NGN" | nothing
          customeridentification.failed  | "currency":"NGN" | nothing
          subscription.create            | "currency":"NGN" | everything
          charge.invented                | "currency":"NGN" | everything
          """)
  void concernsTheWalletsThatMayHaveChanged(String type, String data, String concern) {
    assertThat(words(read(event(type, data)).concern())).isEqualTo(concern);
  }

  @Test
  void whatCannotBeReadIsUnknownAndConcernsEverything() {
    for (var body : List.of("", "{", "[]", "{\"event\":7}", "{\"event\":\"zwölf\"}")) {
      var notice = read(body);

      assertThat(notice.type()).as(body).isEqualTo(Notice.UNKNOWN);
      assertThat(notice.concern()).as(body).isEqualTo(new Concern.Everything());
      assertThat(notice.contentKey()).as(body).isEqualTo(ContentKey.ofBody(body.getBytes(UTF_8)));
    }
  }

  private boolean isGenuine(String proof, String body, String secret) {
    return reader.isGenuine(
        new Delivery(Map.of("x-paystack-signature", proof), body.getBytes(UTF_8)), secret);
  }

  private ContentKey key(String type, String data) {
    return read(event(type, data)).contentKey();
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
