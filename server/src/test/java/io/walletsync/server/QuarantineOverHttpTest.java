package io.walletsync.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.FreshWallet;
import io.walletsync.server.support.StubPaystack;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a user sees while the provider says something that is hard to believe. */
class QuarantineOverHttpTest {
  @RegisterExtension private static final FreshWallet at = FreshWallet.holding(500_000);

  private static final StubPaystack paystack = at.paystack();

  private final ApiClient client = at.client();
  private final String secretKey = at.secret();
  private final String wallet = at.wallet();

  @BeforeEach
  void aBalance() {
    client.sync(wallet).expect(200);
  }

  @Test
  void aBalanceThatIsZeroTwiceIsZero() {
    paystack.has(secretKey, "NGN", 0);

    var answer = client.sync(wallet).expect(200);

    assertThat(answer.text("outcome")).isEqualTo("created");
    assertThat(answer.text("balance")).isEqualTo("0.00");
    assertThat(paystack.calls(secretKey)).as("it was asked again").isEqualTo(3);
  }

  @Test
  void aSlipLeavesTheBalanceAndIsKept() {
    paystack.replies(
        secretKey, call -> StubPaystack.balance("NGN", call == 2 ? 50_000_000 : 500_000));

    assertThat(client.sync(wallet).expect(200).text("outcome")).isEqualTo("unchanged");

    var kept = client.get("/api/v1/quarantined-readings?wallet_id=" + wallet).expect(200);
    assertThat(kept.json().at("/data/0/status").asString()).isEqualTo("contradicted");
    assertThat(kept.json().at("/data/0/balance").asString()).isEqualTo("500000.00");
    assertThat(kept.json().at("/data/0/reason").asString()).isEqualTo("hundredfold");
  }

  @Test
  void whatCannotBeConfirmedIsShownBesideTheBalanceThatStands() {
    doubt();

    var balance = client.get("/api/v1/wallets/" + wallet + "/balance").expect(200);

    assertThat(balance.text("balance")).isEqualTo("5000.00");
    assertThat(balance.json().at("/in_doubt/balance").asString()).isEqualTo("0.00");
    assertThat(balance.json().at("/in_doubt/reason").asString()).isEqualTo("sudden_zero");
    assertThat(balance.json().at("/in_doubt/reading_id").asString()).isEqualTo(reading());
  }

  @Test
  void theTagOfABalanceChangesWhenADoubtComesAndGoes() {
    var path = "/api/v1/wallets/" + wallet + "/balance";
    var before = client.get(path).header("ETag");
    doubt();
    var during = client.get(path).header("ETag");
    client.post("/api/v1/quarantined-readings/" + reading() + "/reject", "{}").expect(200);

    assertThat(during).isNotEqualTo(before);
    assertThat(client.get(path).header("ETag")).isEqualTo(before);
  }

  @Test
  void theNextReadingThatAgreesSettlesIt() {
    doubt();
    paystack.has(secretKey, "NGN", 0);

    assertThat(client.sync(wallet).expect(200).text("outcome")).isEqualTo("created");

    assertThat(client.get("/api/v1/wallets/" + wallet + "/balance").json().has("in_doubt"))
        .isFalse();
    assertThat(status()).isEqualTo("agreed");
  }

  @Test
  void aPersonReleasesIt() {
    doubt();

    var released =
        client
            .post(
                "/api/v1/quarantined-readings/" + reading() + "/release",
                "{\"note\":\"we emptied it\"}")
            .expect(200);

    assertThat(released.text("status")).isEqualTo("released");
    assertThat(released.text("note")).isEqualTo("we emptied it");
    var balance = client.get("/api/v1/wallets/" + wallet + "/balance").expect(200);
    assertThat(balance.text("balance")).isEqualTo("0.00");
    assertThat(balance.json().get("sequence").asInt()).isEqualTo(2);
    client.post("/api/v1/quarantined-readings/" + reading() + "/release", "{}").expect(200);
    assertThat(
            client
                .post("/api/v1/quarantined-readings/" + reading() + "/reject", "{}")
                .expect(409)
                .problem())
        .isEqualTo("reading-settled");
  }

  @Test
  void aPersonRejectsIt() {
    doubt();

    client.post("/api/v1/quarantined-readings/" + reading() + "/reject", "{}").expect(200);

    assertThat(status()).isEqualTo("rejected");
    assertThat(client.get("/api/v1/wallets/" + wallet + "/balance").text("balance"))
        .isEqualTo("5000.00");
    assertThat(
            client
                .get("/api/v1/quarantined-readings?status=open&wallet_id=" + wallet)
                .json()
                .at("/data")
                .size())
        .isZero();
  }

  /** The provider says 0 once, and then nothing that can be read. */
  private void doubt() {
    var before = paystack.calls(secretKey);
    paystack.replies(
        secretKey,
        call ->
            call == before + 1
                ? StubPaystack.balance("NGN", 0)
                : new StubPaystack.Reply(200, "Back soon"));
    var answer = client.sync(wallet).expect(200);
    assertThat(answer.text("outcome")).isEqualTo("quarantined");
    assertThat(answer.text("balance")).as("what was known stands").isEqualTo("5000.00");
    assertThat(answer.json().get("sequence").asInt()).isEqualTo(1);
  }

  private String reading() {
    return client
        .get("/api/v1/quarantined-readings?wallet_id=" + wallet)
        .expect(200)
        .json()
        .at("/data/0/reading_id")
        .asString();
  }

  private String status() {
    return client.get("/api/v1/quarantined-readings/" + reading()).expect(200).text("status");
  }
}
