package io.walletsync.server.provider.flutterwave.v3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.event.ContentKey;
import io.walletsync.core.event.Delivery;
import io.walletsync.core.event.Notice;
import io.walletsync.core.event.Notice.Concern;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.server.provider.flutterwave.Samples;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FlutterwaveV3WebhookReaderTest {
  private static final String SECRET = "example-webhook-secret-hash-not-real-0001";

  private final FlutterwaveV3WebhookReader reader = new FlutterwaveV3WebhookReader();

  @Test
  void whoSendsTheSecretHashIsFlutterwave() {
    assertThat(reader.isGenuine(delivery(Map.of("verif-hash", SECRET)), SECRET)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "example-webhook-secret-hash-not-real-0002",
        "example-webhook-secret-hash-not-real-000",
        "example-webhook-secret-hash-not-real-00011",
        "EXAMPLE-WEBHOOK-SECRET-HASH-NOT-REAL-0001",
        " example-webhook-secret-hash-not-real-0001"
      })
  void whoSendsAnythingElseIsNot(String presented) {
    assertThat(reader.isGenuine(delivery(Map.of("verif-hash", presented)), SECRET)).isFalse();
  }

  @Test
  void theSecretHashCountsInItsOwnHeaderOnly() {
    assertThat(reader.isGenuine(delivery(Map.of()), SECRET)).isFalse();
    assertThat(reader.isGenuine(delivery(Map.of("flutterwave-signature", SECRET)), SECRET))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "webhook-charge-card, charge.completed",
    "webhook-charge-bank-transfer, charge.completed",
    "webhook-transfer, transfer.completed",
    "webhook-transfer-failed, transfer.completed"
  })
  void readsTheDocumentedEvents(String sample, String event) {
    var body = Samples.bytes("v3/" + sample);

    assertThat(reader.read(body))
        .isEqualTo(new Notice(event, null, ContentKey.ofBody(body), currencies("NGN")));
  }

  @Test
  void aRefundHasNoNameAndNoCurrency() {
    var body = Samples.bytes("v3/webhook-refund");

    assertThat(reader.read(body))
        .isEqualTo(
            new Notice(Notice.UNKNOWN, null, ContentKey.ofBody(body), new Concern.Everything()));
  }

  @Test
  void theOlderFormHasItsNameUnderAKeyWithADot() {
    assertThat(read("{'event.type':'Transfer','transfer':{'id':1,'currency':'NGN'}}"))
        .isEqualTo(
            everything(
                "Transfer", "{'event.type':'Transfer','transfer':{'id':1,'currency':'NGN'}}"));
  }

  @Test
  void aTransferConcernsWhatIsSentAndWhatPaysForIt() {
    assertThat(transfer("'currency':'KES','debit_currency':'NGN'"))
        .isEqualTo(currencies("KES", "NGN"));
    assertThat(transfer("'currency':'NGN'")).isEqualTo(new Concern.Everything());
    assertThat(transfer("'debit_currency':'NGN'")).isEqualTo(new Concern.Everything());
    assertThat(transfer("'currency':'NGN','debit_currency':null"))
        .isEqualTo(new Concern.Everything());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "'currency':null", "'currency':566", "'currency':'naira!'"})
  void aChargeWithoutAReadableCurrencyConcernsEverything(String fields) {
    assertThat(read("{'event':'charge.completed','data':{" + fields + "}}").concern())
        .isEqualTo(new Concern.Everything());
  }

  @Test
  void keepsFlutterwavesOwnSpellingOfACurrency() {
    assertThat(read("{'event':'charge.completed','data':{'currency':'eNGN'}}").concern())
        .isEqualTo(currencies("eNGN"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"subscription.cancelled", "bvn.completed"})
  void whatMovesNoMoneyConcernsNothing(String event) {
    assertThat(read("{'event':'" + event + "','data':{'currency':'NGN'}}").concern())
        .isEqualTo(new Concern.Nothing());
  }

  @ParameterizedTest
  @ValueSource(strings = {"singlebillpayment.status", "refund.completed", "something.new"})
  void whatIsNotDocumentedWithItsBodyConcernsEverything(String event) {
    var notice = read("{'event':'" + event + "','data':{'currency':'NGN'}}");

    assertThat(notice.type()).isEqualTo(event);
    assertThat(notice.concern()).isEqualTo(new Concern.Everything());
  }

  @Test
  void onlyTheSameBytesAreTheSameEvent() {
    var charge = "{'event':'charge.completed','data':{'id':1,'status':'successful','amount':1}}";

    assertThat(read(charge).contentKey()).isEqualTo(read(charge).contentKey());
    for (var other :
        new String[] {
          charge.replace("'amount':1", "'amount':2"),
          charge.replace("successful", "failed"),
          charge.replace("'id':1", "'id':2"),
          charge + " "
        }) {
      assertThat(read(other).contentKey()).isNotEqualTo(read(charge).contentKey());
    }
  }

  @Test
  void theProfileIsThatOfTheAdapter() {
    assertThat(reader.profile()).isSameAs(FlutterwaveV3BalanceProvider.PROFILE);
  }

  private Concern transfer(String fields) {
    return read("{'event':'transfer.completed','data':{" + fields + "}}").concern();
  }

  private Notice read(String text) {
    return reader.read(bytes(text));
  }

  private static Notice everything(String type, String text) {
    return new Notice(type, null, ContentKey.ofBody(bytes(text)), new Concern.Everything());
  }

  private static byte[] bytes(String text) {
    return text.replace('\'', '"').getBytes(UTF_8);
  }

  private static Delivery delivery(Map<String, String> headers) {
    return new Delivery(headers, Samples.bytes("v3/webhook-charge-card"));
  }

  private static Concern currencies(String... codes) {
    Set<CurrencyCode> set = Stream.of(codes).map(CurrencyCode::new).collect(Collectors.toSet());
    return new Concern.Currencies(set);
  }
}
