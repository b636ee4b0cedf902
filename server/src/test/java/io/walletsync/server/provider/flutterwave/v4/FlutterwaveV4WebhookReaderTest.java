package io.walletsync.server.provider.flutterwave.v4;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.event.ContentKey;
import io.walletsync.core.event.Delivery;
import io.walletsync.core.event.Notice;
import io.walletsync.core.event.Notice.Concern;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.server.provider.flutterwave.Samples;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FlutterwaveV4WebhookReaderTest {
  private static final String SECRET = "example-webhook-secret-hash-not-real-0001";
  private static final String SIGNATURE = "RKSPHDQLkJIZfeXLBbfYW6YDQUpcmNhx4PuF7pbziNM=";

  private final FlutterwaveV4WebhookReader reader = new FlutterwaveV4WebhookReader();

  @Test
  void theSignatureIsTheHmacOfTheRawBody() {
    assertThat(isGenuine("v4/webhook-signed", SIGNATURE)).isTrue();
  }

  @Test
  void theSignatureOfAnotherBodyProvesNothing() {
    assertThat(isGenuine("v4/webhook-charge-card", SIGNATURE)).isFalse();
    var oneByteMore = (Samples.text("v4/webhook-signed") + "\n").getBytes(UTF_8);
    assertThat(
            reader.isGenuine(
                new Delivery(Map.of("flutterwave-signature", SIGNATURE), oneByteMore), SECRET))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        // the secret itself, as some compare it
        SECRET,
        // hex of the same HMAC
        "44a48f1c340b9092197de5cb05b7d85ba603414a5c98d871e0fb85ee96f388d3",
        "RKSPHDQLkJIZfeXLBbfYW6YDQUpcmNhx4PuF7pbziNM",
        "rkSPHDQLkJIZfeXLBbfYW6YDQUpcmNhx4PuF7pbziNM=",
        " RKSPHDQLkJIZfeXLBbfYW6YDQUpcmNhx4PuF7pbziNM="
      })
  void nothingButTheSignatureProvesABody(String presented) {
    assertThat(isGenuine("v4/webhook-signed", presented)).isFalse();
  }

  @Test
  void theSignatureCountsInItsOwnHeaderOnly() {
    var body = Samples.bytes("v4/webhook-signed");
    assertThat(reader.isGenuine(new Delivery(Map.of(), body), SECRET)).isFalse();
    assertThat(reader.isGenuine(new Delivery(Map.of("verif-hash", SECRET), body), SECRET))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "webhook-charge-card, charge.completed, wbk_yXvsB4LzWSwhUCpAPCBR, chg_zam88NgLb7, succeeded, NGN, NGN",
    "webhook-charge-bank-transfer, charge.completed, wbk_xCBGoxP44NzL74hcCJiV, chg_zH0BLoNltt,"
        + " succeeded, NGN, NGN",
    "webhook-charge-mobile-money, charge.completed, wbk_W5p6ktwU0jQ8RO4By860, chg_Hq4oBRTJ4r,"
        + " succeeded, KES, KES",
    "webhook-transfer-reversal, transfer.reversal, wbk_example, trf_example, FAILED, NGN, EUR",
    "webhook-transfer-disburse, transfer.disburse, wbk_example2, trf_example2, SUCCESSFUL, NGN, NGN",
    "webhook-signed, charge.completed, wbk_test1, chg_1, succeeded, NGN, NGN"
  })
  void readsTheDocumentedEvents(
      String sample,
      String type,
      String eventId,
      String id,
      String status,
      String one,
      String two) {
    assertThat(reader.read(Samples.bytes("v4/" + sample)))
        .isEqualTo(
            new Notice(
                type, eventId, ContentKey.of("content", type, id, status), currencies(one, two)));
  }

  @Test
  void aRepeatedDeliveryUnderAnotherIdIsTheSameEvent() {
    var sent = Samples.text("v4/webhook-charge-card");
    var again = sent.replace("wbk_yXvsB4LzWSwhUCpAPCBR", "wbk_again").replace("1739456704200", "9");

    assertThat(reader.read(again.getBytes(UTF_8)).contentKey())
        .isEqualTo(reader.read(sent.getBytes(UTF_8)).contentKey());
    assertThat(reader.read(sent.replace("succeeded", "failed").getBytes(UTF_8)).contentKey())
        .isNotEqualTo(reader.read(sent.getBytes(UTF_8)).contentKey());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'id':'wbk_1','type':'x'}",
        "{'id':'wbk_1','type':'x','data':{'id':'a'}}",
        "{'id':'wbk_1','type':'x','data':{'status':'a'}}",
        "{'id':'wbk_1','type':'x','data':{'id':1,'status':'a'}}",
        "{'webhook_id':'wbk_1','data':{'id':'a','status':'a'}}"
      })
  void withoutAllThreeTheEventsIdNamesIt(String text) {
    assertThat(read(text).contentKey()).isEqualTo(ContentKey.of("event", "wbk_1"));
  }

  @Test
  void withoutAnythingTheBytesNameIt() {
    var text = "{\"type\":\"charge.completed\",\"data\":{\"id\":\"a\"}}";

    assertThat(read(text).contentKey()).isEqualTo(ContentKey.ofBody(text.getBytes(UTF_8)));
    assertThat(read(text).eventId()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'charge.completed','data':{}}",
        "{'type':'charge.completed'}",
        "{'type':'charge.completed','data':{'currency':1}}",
        "{'type':'transfer.disburse','data':{'source_currency':'NGN'}}",
        "{'type':'transfer.reversal','data':{'destination_currency':'NGN'}}",
        "{'type':'transfer.disburse','data':{'source_currency':'NGN','destination_currency':'NGN',"
            + "'debit_information':{'currency':'?'}}}",
        "{'type':'refund.completed','data':{'currency':'NGN'}}",
        "{'type':'chargeback.created','data':{'currency':'NGN'}}",
        "{'type':7,'data':{'currency':'NGN'}}",
        "{'data':{'currency':'NGN'}}"
      })
  void whatDoesNotSayItConcernsEverything(String text) {
    assertThat(read(text).concern()).isEqualTo(new Concern.Everything());
  }

  @Test
  void aTransferConcernsBothEndsAndWhatWasTaken() {
    assertThat(
            read("""
                    {'type':'transfer.disburse','data':{'source_currency':'NGN',
                     'destination_currency':'EUR','debit_information':{'currency':'USD'},
                     'fee':{'currency':'GHS'}}}""")
                .concern())
        .isEqualTo(currencies("NGN", "EUR", "USD", "GHS"));
    assertThat(
            read("{'type':'transfer.reversal','data':{'source_currency':'NGN',"
                    + "'destination_currency':'EUR'}}")
                .concern())
        .isEqualTo(currencies("NGN", "EUR"));
  }

  @Test
  void theProfileIsThatOfTheAdapter() {
    assertThat(reader.profile()).isSameAs(FlutterwaveV4BalanceProvider.PROFILE);
  }

  private boolean isGenuine(String sample, String presented) {
    return reader.isGenuine(
        new Delivery(Map.of("flutterwave-signature", presented), Samples.bytes(sample)), SECRET);
  }

  private Notice read(String text) {
    return reader.read(text.replace('\'', '"').getBytes(UTF_8));
  }

  private static Concern currencies(String... codes) {
    return new Concern.Currencies(
        Stream.of(codes).map(CurrencyCode::new).collect(Collectors.toSet()));
  }
}
