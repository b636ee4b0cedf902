package io.walletsync.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Concurrently;
import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.ApiClient.Answer;
import io.walletsync.server.support.Eventually;
import io.walletsync.server.support.FreshWallet;
import io.walletsync.server.support.ServerProcess;
import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a payout job sees that asks before it pays. */
@Timeout(120)
class PayoutsOverHttpTest {
  @RegisterExtension private static final FreshWallet at = FreshWallet.holding(10_000);

  private static final TestDatabase database = at.database();
  private static final StubPaystack paystack = at.paystack();

  private final ApiClient client = at.client();
  private final String secret = at.secret();
  private final String wallet = at.wallet();

  @Test
  void aPayoutFromTheQuestionUntilItsMoneyHasLeft() {
    var held = reserve("a", "60").expect(200);
    assertThat(held.json().get("can_pay").asBoolean()).isTrue();
    assertThat(held.text("balance")).isEqualTo("100.00");
    assertThat(held.text("reserved")).isEqualTo("0.00");
    assertThat(held.json().at("/reservation/state").asString()).isEqualTo("held");
    assertThat(held.header("Cache-Control")).isEqualTo("no-store");

    var refused = reserve("b", "40.01").expect(200);
    assertThat(refused.json().get("can_pay").asBoolean()).isFalse();
    assertThat(refused.text("reason")).isEqualTo("insufficient");
    assertThat(refused.text("reserved")).isEqualTo("60.00");
    assertThat(refused.text("free")).isEqualTo("40.00");

    confirm(held, "{}").expect(200);
    paystack.has(secret, "NGN", 4_000);
    client.sync(wallet).expect(200);
    var after = ask("c", "40").expect(200);
    assertThat(after.json().get("can_pay").asBoolean()).isTrue();
    assertThat(after.text("reserved")).isEqualTo("0.00");
    var covered = listed("?state=covered");
    assertThat(covered).containsExactly(id(held));
    assertThat(audited("cover_payout")).hasSize(1);
    assertThat(release(held).expect(409).problem()).isEqualTo("reservation-settled");
  }

  @Test
  void whoAskAtTheSameTimeNeverGetTheSameMoney() {
    var answers = Concurrently.call(24, i -> reserve("payout " + i, "30").expect(200));

    assertThat(answers.stream().filter(it -> it.json().get("can_pay").asBoolean())).hasSize(3);
    assertThat(listed("?state=held")).hasSize(3);
    assertThat(ask("one more", "10").expect(200).json().get("can_pay").asBoolean()).isTrue();
  }

  @Test
  void whoAskForTheSamePayoutAtTheSameTimeGetTheSameReservation() {
    var answers = Concurrently.call(16, _ -> reserve("the one", "60").expect(200));

    assertThat(answers).allSatisfy(it -> assertThat(it.json().get("can_pay").asBoolean()).isTrue());
    assertThat(answers.stream().map(PayoutsOverHttpTest::id).distinct()).hasSize(1);
    assertThat(audited("reserve_payout")).hasSize(1);
    var reused = reserve("the one", "61").expect(422);
    assertThat(reused.problem()).isEqualTo("payout-reference-reused");
    assertThat(reused.text("reserved_amount")).isEqualTo("60.00");
  }

  /** Payouts, top-ups and syncs from many sides: what was promised could always be paid. */
  @Test
  void howeverManyPayAtOnceTheWalletIsNeverOverdrawn() {
    var money = new AtomicLong(10_000);
    paystack.replies(secret, _ -> StubPaystack.balance("NGN", money.get()));
    var least = new AtomicLong(Long.MAX_VALUE);
    var paid = new AtomicLong();

    Concurrently.call(
        12,
        thread -> {
          for (var i = 0; i < 12; i++) {
            if (thread == 0) {
              client.sync(wallet).expect(200);
            } else if (thread == 1 && i % 3 == 0) {
              money.addAndGet(1_500);
            } else {
              var amount = 3 + (thread + i) % 5;
              var answer = reserve("p" + thread + "-" + i, amount + "").expect(200);
              if (answer.json().get("can_pay").asBoolean()) {
                if ((thread + i) % 4 == 0) {
                  release(answer).expect(200);
                } else {
                  var left = money.addAndGet(-100L * amount);
                  least.accumulateAndGet(left, Math::min);
                  paid.incrementAndGet();
                  confirm(answer, "{}").expect(200);
                }
              }
            }
          }
          return true;
        });

    assertThat(least).hasValueGreaterThanOrEqualTo(0);
    assertThat(paid).hasValueGreaterThan(10);
  }

  @Test
  void itIsNeverAYesOfABalanceThatIsTooOld() {
    reserve("a", "1").expect(200);
    paystack.replies(secret, _ -> new StubPaystack.Reply(500, "{}"));

    var stale = ask("b", "1", "\"max_age\":\"PT0S\"").expect(200);

    assertThat(stale.json().get("can_pay").asBoolean()).isFalse();
    assertThat(stale.text("reason")).isEqualTo("stale");
    assertThat(stale.json().at("/sync_failure/reason").asString()).isNotEmpty();
    assertThat(stale.text("balance")).isEqualTo("100.00");
    assertThat(ask("b", "1").expect(200).json().get("can_pay").asBoolean())
        .as("young enough for this one")
        .isTrue();
  }

  @Test
  void theBalanceIsHadAnewByACallThatStartsAfterTheQuestion() {
    client.sync(wallet).expect(200);
    var calls = paystack.calls(secret);
    ask("a", "1").expect(200);
    assertThat(paystack.calls(secret)).isEqualTo(calls);
    paystack.has(secret, "NGN", 500);

    var answer = ask("a", "6", "\"max_age\":\"PT0S\"").expect(200);

    assertThat(paystack.calls(secret)).isEqualTo(calls + 1);
    assertThat(answer.text("reason")).isEqualTo("insufficient");
    assertThat(answer.text("balance")).isEqualTo("5.00");
  }

  @Test
  void itIsNeverAYesOfABalanceInDoubt() {
    client.sync(wallet).expect(200);
    var calls = paystack.calls(secret);
    paystack.replies(
        secret,
        call ->
            call == calls + 1
                ? StubPaystack.balance("NGN", 1_000_000)
                : new StubPaystack.Reply(500, "{}"));
    client.sync(wallet).expect(200);

    var answer = reserve("a", "1").expect(200);

    assertThat(answer.json().get("can_pay").asBoolean()).isFalse();
    assertThat(answer.text("reason")).isEqualTo("in_doubt");
    assertThat(answer.json().at("/in_doubt/balance").asString()).isEqualTo("10000.00");
  }

  @Test
  void confirmingAndReleasingIsSaidOnceHoweverManyTry() {
    var held = reserve("a", "60").expect(200);

    var answers = Concurrently.call(8, i -> i % 2 == 0 ? confirm(held, "{}") : release(held));

    assertThat(answers.stream().filter(it -> it.status() == 200 && !it.text("note").isEmpty()))
        .as("a release wins in the end, whoever came first")
        .hasSize(4);
    assertThat(listed("?state=released")).containsExactly(id(held));
    assertThat(audited("release_payout")).hasSize(1);
    assertThat(confirm(held, "{}").expect(409).problem()).isEqualTo("reservation-settled");
    assertThat(release(held).expect(200).text("note")).isEqualTo("failed");
  }

  @Test
  void aReservationThatIsOverdueHoldsItsMoneyAllTheSame() {
    var held = reserve("a", "60").expect(200);
    database
        .look()
        .sql("update payout_reservation set expected_by = made_at where reservation_id = ?")
        .param(UUID.fromString(id(held)))
        .update();

    var listed = client.get(path() + "/reservations").expect(200).json().at("/data/0");

    assertThat(listed.get("overdue").asBoolean()).isTrue();
    assertThat(listed.get("state").asString()).isEqualTo("held");
    assertThat(ask("b", "60").expect(200).text("free")).isEqualTo("40.00");
  }

  @Test
  void aReservationOfAnotherWalletIsNone() {
    var held = reserve("a", "60").expect(200);
    var other = client.register(client.connect(secret + "_other"), "NGN");

    var answer =
        client.post("/api/v1/wallets/" + other + "/reservations/" + id(held) + "/confirm", "{}");

    assertThat(answer.expect(404).problem()).isEqualTo("reservation-not-found");
    client.delete("/api/v1/wallets/" + other).expect(200);
    assertThat(
            client
                .post(
                    "/api/v1/wallets/" + other + "/can-pay",
                    "{\"amount\":\"1\",\"reference\":\"x\"}")
                .expect(409)
                .problem())
        .isEqualTo("wallet-closed");
  }

  @Test
  void whatWasAnsweredIsKeptWhenTheServerIsKilled() throws Exception {
    var environment = TestServer.environment(database, paystack.url());
    Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    var enough = new CountDownLatch(20);
    var process = ServerProcess.start(environment);
    var caller = process.client();
    var threads =
        IntStream.range(0, 8)
            .mapToObj(
                thread ->
                    Thread.startVirtualThread(
                        () -> {
                          try {
                            for (var i = 0; i < 1_000; i++) {
                              var answer = reserve(caller, "k" + thread + "-" + i, "0.01");
                              answers.add(answer);
                              enough.countDown();
                            }
                          } catch (RuntimeException _) {
                            // it was killed meanwhile
                          }
                        }))
            .toList();
    enough.await();

    process.kill();

    for (var thread : threads) {
      thread.join();
    }
    var kept = answers.stream().filter(it -> it.json().get("can_pay").asBoolean()).toList();
    assertThat(kept).hasSizeGreaterThanOrEqualTo(20);
    for (var answer : kept) {
      var again = reserve(answer.text("reference"), "0.01").expect(200);
      assertThat(id(again)).isEqualTo(id(answer));
    }
    var reserved =
        database
            .look()
            .sql("select sum(amount) from payout_reservation where wallet_id = ?")
            .param(UUID.fromString(wallet))
            .query(BigDecimal.class)
            .single();
    assertThat(ask("at the end", "0.01").expect(200).text("reserved"))
        .isEqualTo(reserved.setScale(2).toPlainString());
  }

  @Test
  void somebodyLooksAlsoWhereNobodyAsks() {
    var held = reserve("left by itself", "10.00").expect(200);
    confirm(held, "{}").expect(200);
    assertThat(listed("?state=confirmed")).contains(id(held));
    paystack.has(secret, "NGN", 9_000);
    client.sync(wallet).expect(200);
    // the round is due in half a minute at the latest, and now it is
    database
        .look()
        .sql(
            """
            update recurring_task set execution_time = clock_timestamp(), version = version + 1
             where task_name = 'cover_reservations' and not picked
            """)
        .update();

    Eventually.within(
        Duration.ofSeconds(90),
        "its money was seen to have left",
        () -> listed("?state=covered").contains(id(held)));

    assertThat(audited("cover_payout")).hasSize(1);
  }

  private Answer reserve(String reference, String amount) {
    return reserve(client, reference, amount);
  }

  private Answer reserve(ApiClient caller, String reference, String amount) {
    return caller.post(path() + "/can-pay", body(reference, amount, "\"reserve\":true"));
  }

  private Answer ask(String reference, String amount) {
    return ask(reference, amount, "\"reserve\":false");
  }

  private Answer ask(String reference, String amount, String more) {
    return client.post(path() + "/can-pay", body(reference, amount, more));
  }

  private static String body(String reference, String amount, String more) {
    return "{\"reference\":\"%s\",\"amount\":\"%s\",%s}".formatted(reference, amount, more);
  }

  private Answer confirm(Answer held, String body) {
    return client.post(path() + "/reservations/" + id(held) + "/confirm", body);
  }

  private Answer release(Answer held) {
    return client.post(path() + "/reservations/" + id(held) + "/release", "{\"note\":\"failed\"}");
  }

  private List<String> listed(String filter) {
    return client
        .get(path() + "/reservations" + filter)
        .expect(200)
        .json()
        .get("data")
        .valueStream()
        .map(it -> it.get("reservation_id").asString())
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

  private String path() {
    return "/api/v1/wallets/" + wallet;
  }

  private static String id(Answer answer) {
    return answer.json().at("/reservation/reservation_id").asString();
  }
}
