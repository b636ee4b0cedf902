package io.walletsync.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Concurrently;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Money;
import io.walletsync.core.movement.Movements;
import io.walletsync.core.movement.ProviderMovement;
import io.walletsync.core.reconciliation.ReconcileBalances;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.ApiClient.Answer;
import io.walletsync.server.support.Eventually;
import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a user sees who holds the own books against the provider's. */
class ReconciliationOverHttpTest {
  private static final String MANY = "/api/v1/expected-balances";
  private static final String RECONCILIATIONS = "/api/v1/reconciliations";

  private static TestDatabase database;
  private static StubPaystack paystack;
  private static TestServer server;
  private static int number;

  private ApiClient client;
  private String secret;
  private String wallet;

  @BeforeAll
  static void start() {
    database = TestDatabase.create();
    paystack = new StubPaystack();
    server = TestServer.start(database, paystack.url());
  }

  @AfterAll
  static void stop() {
    server.close();
    paystack.close();
  }

  @BeforeEach
  void aWalletWithABalance() {
    client = server.client();
    secret = "sk_test_of_the_books_number_" + number++;
    paystack.has(secret, "NGN", 10_000);
    wallet = client.register(client.connect(secret), "NGN");
    client.sync(wallet).expect(200);
  }

  @Test
  void aDriftIsOpenAtOnceWhereTheMomentIsKnownAndListedByItsSize() {
    var asOf = asOf();

    var open = expect("75.50", asOf, "day-1", "PT0S").expect(200);
    var agreed = expect("100", asOf, "day-1b", "PT0S").expect(200);

    assertThat(open.text("state")).isEqualTo("open");
    assertThat(open.text("balance")).isEqualTo("100.00");
    assertThat(open.text("drift")).isEqualTo("24.50");
    assertThat(open.text("explained")).isEqualTo("0.00");
    assertThat(open.text("unexplained")).isEqualTo("24.50");
    assertThat(agreed.text("state")).isEqualTo("agreed");
    assertThat(agreed.text("drift")).isEqualTo("0.00");
    assertThat(client.get(one(open)).expect(200).body()).isEqualTo(open.body());
    assertThat(listed("&min_drift=24.5")).containsExactly(id(open));
    assertThat(listed("&min_drift=24.51")).isEmpty();
    assertThat(listed("&state=open")).containsExactly(id(open));
    assertThat(listed("&from=" + asOf)).containsExactly(id(agreed), id(open));
    assertThat(listed("&to=" + asOf)).isEmpty();
    var found = client.get(one(open) + "/comparisons").expect(200).json();
    assertThat(found.at("/data/0/drift").asString()).isEqualTo("24.50");
  }

  @Test
  void whatIsNotKnownYetWaitsForALaterSync() {
    var now = databaseTime().toString();
    var agreeing = expect("100", now, "a", "PT0S").expect(200);
    var differing = expect("90", now, "b", "PT0S").expect(200);
    assertThat(agreeing.text("state")).isEqualTo("pending");
    assertThat(agreeing.json().get("drift").isNull()).isTrue();
    look();
    assertThat(state(agreeing)).isEqualTo("pending");

    client.sync(wallet).expect(200);
    look();

    assertThat(state(agreeing)).isEqualTo("agreed");
    assertThat(state(differing)).isEqualTo("open");
  }

  @Test
  void oneNodeLooksForAllAgainAndAgain() {
    Eventually.within(
        Duration.ofSeconds(30),
        "a round by itself",
        () ->
            database
                .look()
                .sql(
                    """
                    select count(*) > 0 from recurring_task
                     where task_name = 'reconcile_balances' and last_success is not null
                    """)
                .query(Boolean.class)
                .single());
  }

  @Test
  void theProviderMayComeToAgreeWithinTheLag() {
    var inTime = expect("70", asOf(), "payout under way", "PT1H").expect(200);
    assertThat(inTime.text("state")).isEqualTo("pending");
    paystack.has(secret, "NGN", 7_000);
    client.sync(wallet).expect(200);

    look();

    var now = client.get(one(inTime)).expect(200);
    assertThat(now.text("state")).isEqualTo("agreed");
    assertThat(now.text("drift")).isEqualTo("30.00");
    assertThat(now.text("explained")).isEqualTo("30.00");
    assertThat(now.text("unexplained")).isEqualTo("0.00");
  }

  @Test
  void movementsWithinTheLagExplainWhatNoBalanceShowed() {
    var asOf = asOf();
    var end = Instant.parse(asOf).plusSeconds(1);
    Eventually.within(
        Duration.ofSeconds(10), "the end of the lag", () -> databaseTime().isAfter(end));
    client.sync(wallet).expect(200);
    movement(Instant.parse(asOf).plusMillis(500), "-20");
    movement(end.plusMillis(1), "-4.50");

    var open = expect("75.50", asOf, "day-1", "PT1S").expect(200);

    assertThat(open.text("state")).isEqualTo("open");
    assertThat(open.text("drift")).isEqualTo("24.50");
    assertThat(open.text("explained")).isEqualTo("20.00");
    assertThat(open.text("unexplained")).isEqualTo("4.50");
  }

  /** As an import would keep it. */
  private void movement(Instant at, String naira) {
    var context = server.running().context();
    var movement =
        new ProviderMovement(
            new WalletId(UUID.fromString(wallet)),
            "row-" + naira,
            at,
            new Money(new BigDecimal(naira), new CurrencyCode("NGN")),
            null,
            null,
            null,
            null,
            Metadata.NONE,
            at);
    context
        .getBean(Transactions.class)
        .inTransaction(() -> context.getBean(Movements.class).add(List.of(movement)));
  }

  @Test
  void aLaterAgreementResolvesADifferenceAndLeavesItVisible() {
    var open = expect("90", asOf(), "day-1", "PT0S").expect(200);
    paystack.has(secret, "NGN", 9_000);
    client.sync(wallet).expect(200);

    var agreement = expect("90", asOf(), "day-2", "PT0S").expect(200);

    var now = client.get(one(open)).expect(200);
    assertThat(now.text("state")).isEqualTo("resolved");
    assertThat(now.text("settled_how")).isEqualTo("agreed_later");
    assertThat(now.text("settled_through")).isEqualTo(id(agreement));
    assertThat(now.text("drift")).isEqualTo("10.00");
    assertThat(listed("&state=resolved&min_drift=10")).containsExactly(id(open));
  }

  @Test
  void aPersonSettlesADifferenceOnceHoweverManyTry() {
    var open = expect("90", asOf(), "day-1", "PT0S").expect(200);

    var answers =
        Concurrently.call(
            8,
            i ->
                client.post(
                    one(open) + (i % 2 == 0 ? "/accept" : "/resolve"),
                    "{\"note\":\"by " + i + "\"}"));

    var now = client.get(one(open)).expect(200);
    for (var i = 0; i < answers.size(); i++) {
      var won = now.text("note").equals("by " + i);
      var answer = answers.get(i).expect(won ? 200 : 409);
      assertThat(won ? answer.text("note") : answer.problem())
          .as("a reason is neither overwritten nor lost in silence")
          .isEqualTo(won ? now.text("note") : "reconciliation-settled");
    }
    var how = now.text("state").equals("accepted") ? "/accept" : "/resolve";
    client.post(one(open) + how, "{\"note\":\"" + now.text("note") + "\"}").expect(200);
    assertThat(audited("settle_reconciliation")).hasSize(1);
  }

  @Test
  void saidAgainItAnswersTheSameAndChangesNothing() {
    var asOf = asOf();
    var first = expect("90", asOf, "day-1", "PT0S").expect(200);

    var again = Concurrently.call(4, _ -> expect("90.00", asOf, "day-1", "PT0S"));

    assertThat(again).allSatisfy(it -> assertThat(it.body()).isEqualTo(first.body()));
    assertThat(audited("expect_balance")).hasSize(1);
  }

  @Test
  void ofCorrectionsThatComeTogetherEachIsARevisionAndOneStands() {
    var asOf = asOf();

    Concurrently.call(4, i -> expect("9" + i, asOf, "day-1", "PT0S").expect(200));

    var all = client.get(RECONCILIATIONS + "?wallet_id=" + wallet).expect(200).json().get("data");
    assertThat(all.valueStream().map(it -> it.get("revision").asInt()))
        .containsExactlyInAnyOrder(1, 2, 3, 4);
    assertThat(all.valueStream().filter(it -> it.get("corrected_by").isNull()))
        .singleElement()
        .satisfies(it -> assertThat(it.get("revision").asInt()).isEqualTo(4));
    assertThat(listed("&state=open")).hasSize(1);
    assertThat(listed("&state=resolved")).hasSize(3);
  }

  @Test
  void anAmountThatWasCorrectedIsNotTakenBackByALateRepetition() {
    var asOf = asOf();
    expect("90", asOf, "day-1", "PT0S").expect(200);
    expect("100", asOf, "day-1", "PT0S").expect(200);

    var late = expect("90", asOf, "day-1", "PT0S").expect(422);

    assertThat(late.json().at("/rows/0/reason").asString()).isEqualTo("corrected_since");
  }

  @Test
  void aThousandAtOnceAreRecordedTogetherAndOnce() {
    var asOf = asOf();
    var body = many(IntStream.range(0, 1_000).mapToObj(i -> row(wallet, i, asOf)).toList());

    var first = client.post(MANY, body).expect(200);

    assertThat(first.json().get("data")).hasSize(1_000);
    assertThat(first.json().at("/data/7/expected_balance").asString()).isEqualTo("7.00");
    assertThat(first.json().at("/data/100/state").asString()).isEqualTo("agreed");
    assertThat(client.post(MANY, body).expect(200).body()).isEqualTo(first.body());
  }

  @Test
  void oneRowThatIsRefusedKeepsAllFromBeingRecordedAndIsNamed() {
    var closed = client.register(client.connect(secret + "_closed"), "NGN");
    client.delete("/api/v1/wallets/" + closed).expect(200);
    var asOf = asOf();

    var refused =
        client
            .post(
                MANY,
                many(
                    List.of(
                        row(wallet, 1, asOf),
                        row(closed, 1, asOf),
                        row(wallet, 1, asOf),
                        row(wallet, 2, "2100-01-01T00:00:00Z"))))
            .expect(422);

    assertThat(refused.problem()).isEqualTo("expected-balances-refused");
    assertThat(
            refused
                .json()
                .get("rows")
                .valueStream()
                .map(it -> it.get("row").asInt() + " " + it.get("reason").asString()))
        .containsExactly("1 wallet_closed", "2 twice", "3 in_the_future");
    assertThat(listed("")).isEmpty();
    assertThat(
            client
                .send(
                    "PUT",
                    "/api/v1/wallets/" + closed + "/expected-balance",
                    null,
                    Map.of(),
                    "{\"amount\":\"1\",\"as_of\":\"" + asOf + "\",\"reference\":\"x\"}")
                .expect(409)
                .problem())
        .isEqualTo("wallet-closed");
  }

  private Answer expect(String amount, String asOf, String reference, String lag) {
    return client.send(
        "PUT",
        "/api/v1/wallets/" + wallet + "/expected-balance",
        null,
        Map.of(),
        """
        {"amount": "%s", "as_of": "%s", "reference": "%s", "settlement_lag": "%s"}
        """
            .formatted(amount, asOf, reference, lag));
  }

  private static String row(String wallet, int amount, String asOf) {
    return """
        {"wallet_id": "%s", "amount": "%d", "as_of": "%s", "reference": "row %d", "currency": "NGN",
         "tolerance": "0.00", "settlement_lag": "PT0S"}\
        """
        .formatted(wallet, amount, asOf, amount);
  }

  private static String many(List<String> rows) {
    return rows.stream().collect(Collectors.joining(",", "{\"expected_balances\":[", "]}"));
  }

  /** When the newest balance became true. */
  private String asOf() {
    return client.balance(wallet).expect(200).text("as_of");
  }

  private static Instant databaseTime() {
    return database
        .look()
        .sql("select clock_timestamp()")
        .query(OffsetDateTime.class)
        .single()
        .toInstant();
  }

  /** What one node does for all, every half a minute. */
  private static void look() {
    server
        .running()
        .context()
        .getBean(ReconcileBalances.class)
        .reconcile(new ReconcileBalances.Command(() -> false));
  }

  private List<String> listed(String filter) {
    return client
        .get(RECONCILIATIONS + "?limit=100&wallet_id=" + wallet + filter)
        .expect(200)
        .json()
        .get("data")
        .valueStream()
        .map(it -> it.get("reconciliation_id").asString())
        .toList();
  }

  private List<String> audited(String action) {
    return client
        .get("/api/v1/audit-entries?limit=100&subject_id=" + wallet + "&action=" + action)
        .expect(200)
        .json()
        .get("data")
        .valueStream()
        .map(Object::toString)
        .toList();
  }

  private String state(Answer reconciliation) {
    return client.get(one(reconciliation)).expect(200).text("state");
  }

  private static String id(Answer reconciliation) {
    return reconciliation.text("reconciliation_id");
  }

  private static String one(Answer reconciliation) {
    return RECONCILIATIONS + "/" + id(reconciliation);
  }
}
