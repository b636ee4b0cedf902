package io.walletsync.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import io.walletsync.core.channel.Channel;
import io.walletsync.core.channel.Reply;
import io.walletsync.core.channel.Reply.Result;
import io.walletsync.core.channel.Sender.Message;
import io.walletsync.core.channel.TargetRules;
import io.walletsync.core.channel.WebhookSecret;
import io.walletsync.server.webhook.StubReceiver.Answer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes over the wire, where it goes, and where it must not. */
class HookCallsTest {
  private static final TargetRules LOCAL = new TargetRules(true, Set.of());
  private static final Duration DEADLINE = Duration.ofSeconds(15);
  private static final String PAYLOAD =
      "{\"type\":\"balance.changed\",\"data\":{\"name\":\"Ẽkó ₦ \\\"x\\\"\"}}";

  private final StubReceiver receiver = new StubReceiver();
  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    receiver.close();
    for (var each : opened) {
      each.close();
    }
  }

  @Test
  void thePublishedLibraryAcceptsTheMessageUnderEachSecret() throws Exception {
    var first = secret(1);
    var second = secret(2);

    var reply = send(calls(LOCAL, DEADLINE), List.of(second, first));

    assertThat(reply.result()).isEqualTo(Result.TAKEN);
    var got = receiver.received().getFirst();
    assertThat(got.body()).isEqualTo(PAYLOAD);
    assertThat(got.header("content-type")).startsWith("application/json");
    assertThat(got.header("webhook-id")).doesNotContain(".");
    for (var secret : List.of(first, second)) {
      new Webhook(secret.text())
          .verify(
              got.body(),
              Map.of(
                  "webhook-id", List.of(got.header("webhook-id")),
                  "webhook-timestamp", List.of(got.header("webhook-timestamp")),
                  "webhook-signature", List.of(got.header("webhook-signature"))));
    }
  }

  @Test
  void signsAsTheSpecificationsExampleDoes() {
    assertThat(
            WebhookSecret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
                .sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}"))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @ParameterizedTest
  @CsvSource({
    "200, TAKEN",
    "204, TAKEN",
    "302, REDIRECTED",
    "308, REDIRECTED",
    "400, REFUSED",
    "401, REFUSED",
    "404, REFUSED",
    "410, GONE",
    "429, BUSY",
    "500, REFUSED",
    "502, BUSY",
    "503, BUSY",
    "504, BUSY"
  })
  void theStatusDecides(int status, Result result) {
    receiver.answers(status);

    var reply = send(calls(LOCAL, DEADLINE), List.of());

    assertThat(reply.result()).isEqualTo(result);
    assertThat(reply.status()).isEqualTo(status);
  }

  @Test
  void noRedirectIsFollowed() {
    receiver.answers(
        got ->
            got.target().equals("/hooks")
                ? new Answer(307, Map.of("Location", "/elsewhere"), "")
                : new Answer(200, Map.of(), ""));

    assertThat(send(calls(LOCAL, DEADLINE), List.of()).result()).isEqualTo(Result.REDIRECTED);
    assertThat(receiver.received())
        .extracting(StubReceiver.Received::target)
        .containsOnly("/hooks");
  }

  @Test
  void whatTheReceiverAsksForIsHeardWithinBounds() {
    receiver.answers(_ -> new Answer(429, Map.of("Retry-After", "120"), "slow down\n\u0001"));
    var reply = send(calls(LOCAL, DEADLINE), List.of());
    assertThat(reply.retryAfter()).isEqualTo(Duration.ofMinutes(2));
    assertThat(reply.snippet()).isEqualTo("slow down  ");

    receiver.answers(_ -> new Answer(503, Map.of("Retry-After", "99999999999"), ""));
    assertThat(send(calls(LOCAL, DEADLINE), List.of()).retryAfter()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void aLongAnswerIsCutOff() {
    receiver.answers(_ -> new Answer(200, Map.of(), "₦".repeat(1_000_000)));

    var reply = send(calls(LOCAL, DEADLINE), List.of());

    assertThat(reply.result()).isEqualTo(Result.TAKEN);
    assertThat(reply.snippet()).startsWith("₦₦₦").hasSizeLessThan(1_025);
  }

  @Test
  void endsByItsDeadlineWhateverTheReceiverDoes() {
    var never = new CountDownLatch(1);
    receiver.answers(
        _ -> {
          await(never);
          return new Answer(200, Map.of(), "");
        });
    var begun = System.nanoTime();

    var reply = send(calls(LOCAL, Duration.ofMillis(300)), List.of());

    assertThat(reply.result()).isEqualTo(Result.TIMEOUT);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    never.countDown();
  }

  @Test
  void theLookUpOfTheNameCountsToo() {
    var never = new CountDownLatch(1);
    var calls =
        calls(
            TargetRules.STRICT,
            Duration.ofMillis(300),
            names(
                _ -> {
                  await(never);
                  return address("8.8.8.8");
                }));

    assertThat(post(calls, "https://slow.example.com/").result()).isEqualTo(Result.TIMEOUT);
    never.countDown();
  }

  @Test
  void aNameThatLeadsInsideIsNotDialled() {
    var calls =
        calls(
            new TargetRules(false, Set.of(receiver.port())),
            DEADLINE,
            names(_ -> address("127.0.0.1")));

    var reply = post(calls, "https://inside.example.com:" + receiver.port() + "/");

    assertThat(reply.result()).isEqualTo(Result.FORBIDDEN_ADDRESS);
  }

  @Test
  void oneAddressThatIsNotPublicSpoilsAll() {
    var calls =
        calls(
            TargetRules.STRICT,
            DEADLINE,
            names(_ -> new InetAddress[] {address("8.8.8.8")[0], address("10.0.0.1")[0]}));

    assertThat(post(calls, "https://both.example.com/").result())
        .isEqualTo(Result.FORBIDDEN_ADDRESS);
  }

  /** The first look shows a public address (of a block that nobody has), the next one our own. */
  @Test
  void aNameThatLeadsElsewhereAMomentLaterGainsNothing() {
    var looks = new AtomicInteger();
    var calls =
        calls(
            new TargetRules(false, Set.of(receiver.port())),
            Duration.ofMillis(500),
            names(_ -> address(looks.incrementAndGet() == 1 ? "2d00::1" : "127.0.0.1")));
    var url = "https://reborn.example.com:" + receiver.port() + "/";

    // whoever looked twice, to check and then to dial, would have come to us
    assertThat(post(calls, url).result()).isIn(Result.UNREACHABLE, Result.TIMEOUT);
    assertThat(looks).hasValue(1);
    assertThat(post(calls, url).result()).isEqualTo(Result.FORBIDDEN_ADDRESS);
    assertThat(receiver.received()).isEmpty();
  }

  @Test
  void whatIsDialledIsWhatWasLookedUpOnce() {
    var looks = new AtomicInteger();
    var calls =
        calls(
            LOCAL,
            DEADLINE,
            names(
                _ -> {
                  looks.incrementAndGet();
                  return address("127.0.0.1");
                }));

    assertThat(post(calls, "http://once.example.com:" + receiver.port() + "/").isTaken()).isTrue();
    assertThat(looks).hasValue(1);
  }

  @ParameterizedTest
  @CsvSource({
    "http://example.com/",
    "https://127.0.0.1/",
    "https://[::1]/",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://localhost/",
    "https://user@example.com/",
    "https://example.com:8443/",
    "https://example.com/#x",
    "ftp://example.com/"
  })
  void anAddressOfTheWrongFormIsNotCalledEvenIfItIsStored(String url) {
    var looks = new AtomicInteger();
    var calls =
        calls(
            TargetRules.STRICT,
            DEADLINE,
            names(
                _ -> {
                  looks.incrementAndGet();
                  return address("8.8.8.8");
                }));

    assertThat(post(calls, url).result()).isEqualTo(Result.FORBIDDEN_ADDRESS);
    assertThat(looks).hasValue(0);
  }

  @Test
  void slackGetsATextThatMentionsNobody() {
    var calls = calls(LOCAL, DEADLINE);

    var reply =
        new SlackSender(calls)
            .send(
                new Channel.Slack(receiver.url()),
                new Message(id(), Instant.EPOCH, "Hello\n\n<!channel> & \"you\"", List.of()));

    assertThat(reply.isTaken()).isTrue();
    assertThat(receiver.received().getFirst().body())
        .isEqualTo("{\"text\":\"Hello\\n\\n&lt;!channel&gt; &amp; \\\"you\\\"\"}");
    assertThat(receiver.received().getFirst().header("webhook-signature")).isEmpty();
  }

  private Reply send(HookCalls calls, List<WebhookSecret> secrets) {
    return new WebhookSender(calls)
        .send(
            new Channel.Webhook(receiver.url()),
            new Message(id(), InstantSource.system().instant(), PAYLOAD, secrets));
  }

  private static Reply post(HookCalls calls, String url) {
    return calls.post(url, Map.of(), "{}");
  }

  private HookCalls calls(TargetRules rules, Duration deadline) {
    return calls(rules, deadline, SystemDefaultDnsResolver.INSTANCE);
  }

  private HookCalls calls(TargetRules rules, Duration deadline, DnsResolver names) {
    var calls = new HookCalls(rules, names, deadline, InstantSource.system());
    opened.add(calls);
    return calls;
  }

  private static DnsResolver names(Names names) {
    return new DnsResolver() {
      @Override
      public InetAddress[] resolve(String host) {
        return names.of(host);
      }

      @Override
      public String resolveCanonicalHostname(String host) {
        return host;
      }
    };
  }

  private static InetAddress[] address(String digits) {
    try {
      return new InetAddress[] {InetAddress.getByName(digits)};
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static WebhookSecret secret(int seed) {
    var key = new byte[32];
    key[0] = (byte) seed;
    return WebhookSecret.of("whsec_" + Base64.getEncoder().encodeToString(key));
  }

  private static UUID id() {
    return UUID.randomUUID();
  }

  /** What names lead to. */
  private interface Names {
    InetAddress[] of(String host);
  }
}
