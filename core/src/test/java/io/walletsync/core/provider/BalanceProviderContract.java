package io.walletsync.core.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Money;
import io.walletsync.core.provider.BalanceProvider.Reply.Failure;
import io.walletsync.core.provider.BalanceProvider.Reply.Reading;
import io.walletsync.core.provider.ProviderFailure.Reason;
import io.walletsync.core.wallet.Connections.OpenConnection;
import io.walletsync.core.wallet.Holding;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What every adapter to a provider keeps, tried against a stub that speaks the provider's wire
 * format: amounts to the last digit, a typed failure for everything else, an end by the deadline,
 * and no secret in any word of it.
 */
public interface BalanceProviderContract {
  Duration PATIENCE = Duration.ofSeconds(10);
  Duration SHORT = Duration.ofMillis(400);

  /** Room for a machine that is busy with other things. */
  Duration SLACK = Duration.ofSeconds(2);

  /** The adapter, speaking to the stub. */
  BalanceProvider provider();

  /** A connection whose every credential contains {@link #secret()}. */
  OpenConnection connection();

  /** What the replies of this contract list: at least two of the provider's currencies, sorted. */
  default List<CurrencyCode> currencies() {
    var currencies = provider().profile().currencies();
    if (currencies == null) {
      throw new IllegalStateException("an open list of currencies needs examples");
    }
    return currencies.stream().sorted().toList();
  }

  /** What is asked for; everything, unless the adapter's call for one holding is tried. */
  default Set<Holding> wanted() {
    return Set.of();
  }

  /** A text that occurs nowhere but in the credentials. */
  String secret();

  /** Makes the stub behave so wherever the adapter asks for balances, until told otherwise. */
  void theProvider(Scene scene);

  /** Makes the stub's port refuse connections. */
  void theProviderGoesAway();

  /** The text of a good reply that lists these available balances and no others. */
  String replyListing(List<Money> balances);

  /** Replies with status 200 that are well-formed but do not state an amount as documented. */
  List<String> repliesWithoutAReadableAmount();

  /** A reply with status 200 whose body says that the call failed. */
  String replyThatSaysNo();

  /** Such a reply with its status; for a call that documents another status for it. */
  default Scene theNo() {
    return Scene.ok(replyThatSaysNo());
  }

  /** How the stub treats a request. */
  sealed interface Scene {
    /** It answers. */
    record Answers(int status, Map<String, String> headers, String body) implements Scene {}

    /** It promises the whole body, sends half of it and closes the connection. */
    record BreaksOff(String body) implements Scene {}

    /** It promises the whole body, sends half of it and then nothing more. */
    record Stalls(String body) implements Scene {}

    /** It sends the body, a byte at a time, ten a second. */
    record Drips(String body) implements Scene {}

    /** It takes the request and says nothing. */
    record Silence() implements Scene {}

    /** It takes the request and closes the connection. */
    record HangsUp() implements Scene {}

    static Scene ok(String body) {
      return new Answers(200, Map.of("Content-Type", "application/json"), body);
    }

    static Scene status(int status) {
      return new Answers(status, Map.of(), "");
    }
  }

  @Test
  default void reportsAmountsToTheLastDigit() {
    for (var amount : List.of("0.01", "17000", "29109717.57", "0", "1000000000000.01")) {
      theProvider(Scene.ok(replyListing(List.of(money(amount, 0)))));

      assertThat(available(read())).containsExactly(money(amount, 0));
    }
  }

  @Test
  default void reportsEveryCurrencyThatIsListedAndNoOther() {
    var listed = new ArrayList<Money>();
    for (int i = 0; i < currencies().size(); i++) {
      listed.add(money("1" + i + ".5", i));
    }
    theProvider(Scene.ok(replyListing(listed)));
    assertThat(available(read())).containsExactlyInAnyOrderElementsOf(listed);

    var one = listed.subList(1, 2);
    theProvider(Scene.ok(replyListing(one)));
    assertThat(available(read())).containsExactlyElementsOf(one);
  }

  @Test
  default void anEmptyListIsAReadingWithoutBalances() {
    theProvider(Scene.ok(replyListing(List.of())));

    assertThat(read().balances()).isEmpty();
  }

  @Test
  default void everyStatusThatIsNoSuccessIsATypedFailure() {
    var expected =
        Map.ofEntries(
            Map.entry(401, Reason.UNAUTHORIZED),
            Map.entry(403, Reason.FORBIDDEN),
            Map.entry(400, Reason.REJECTED),
            Map.entry(404, Reason.REJECTED),
            Map.entry(409, Reason.REJECTED),
            Map.entry(422, Reason.REJECTED),
            Map.entry(429, Reason.RATE_LIMITED),
            Map.entry(500, Reason.UNAVAILABLE),
            Map.entry(502, Reason.UNAVAILABLE),
            Map.entry(503, Reason.UNAVAILABLE),
            Map.entry(504, Reason.UNAVAILABLE),
            Map.entry(304, Reason.UNREADABLE));
    var goodBody = replyListing(List.of(money("5", 0)));
    expected.forEach(
        (status, reason) -> {
          // whatever the body says: a status that is no success gives no amount
          theProvider(new Scene.Answers(status, Map.of(), status == 304 ? "" : goodBody));
          assertThat(failure().reason()).as("status %d", status).isEqualTo(reason);
        });
  }

  @Test
  default void aRedirectIsNotFollowed() {
    theProvider(new Scene.Answers(302, Map.of("Location", "/elsewhere"), ""));

    assertThat(failure().reason()).isEqualTo(Reason.UNREADABLE);
  }

  @Test
  default void aWishToBeLeftAloneIsPassedOnFromNothingToAnHour() {
    for (var status : List.of(429, 503)) {
      assertThat(retryAfter(status, "7")).isEqualTo(Duration.ofSeconds(7));
      assertThat(retryAfter(status, "0")).isEqualTo(Duration.ZERO);
      assertThat(retryAfter(status, "86400")).isEqualTo(Duration.ofHours(1));
      assertThat(retryAfter(status, "99999999999999999999")).isEqualTo(Duration.ofHours(1));
      assertThat(retryAfter(status, "Wed, 21 Oct 2015 07:28:00 GMT")).isEqualTo(Duration.ZERO);
      assertThat(retryAfter(status, "Fri, 31 Dec 9999 23:59:59 GMT"))
          .isEqualTo(Duration.ofHours(1));
      for (var garbage : List.of("soon", "-5", "1.5", "", "Wed, 99 Oct 2015 07:28:00 GMT")) {
        assertThat(retryAfter(status, garbage)).as(garbage).isNull();
      }
      theProvider(Scene.status(status));
      assertThat(failure().retryAfter()).isNull();
    }
  }

  @Test
  default void aPageInsteadOfAReplyIsUnreadable() {
    for (var body : List.of("<html><body>Back soon: 0.00</body></html>", "", "0", "null", "[]")) {
      theProvider(Scene.ok(body));
      assertThat(failure().reason()).as(body).isEqualTo(Reason.UNREADABLE);
    }
    theProvider(new Scene.Answers(503, Map.of(), "<html>Maintenance</html>"));
    assertThat(failure().reason()).isEqualTo(Reason.UNAVAILABLE);
  }

  @Test
  default void noBeginningOfAReplyIsTakenForTheWhole() {
    var reply = replyListing(List.of(money("1234.56", 0), money("78.9", 1))).strip();
    for (int length = 0; length < reply.length(); length++) {
      theProvider(Scene.ok(reply.substring(0, length)));
      assertThat(failure().reason()).as("%d characters", length).isEqualTo(Reason.UNREADABLE);
    }
  }

  @Test
  default void textAfterTheReplyMakesItUnreadable() {
    var reply = replyListing(List.of(money("1234.56", 0)));
    for (var more : List.of("x", "}", reply)) {
      theProvider(Scene.ok(reply + more));
      assertThat(failure().reason()).as(more).isEqualTo(Reason.UNREADABLE);
    }
  }

  @Test
  default void anAmountThatIsNotStatedAsDocumentedIsUnreadable() {
    assertThat(repliesWithoutAReadableAmount()).isNotEmpty();
    for (var reply : repliesWithoutAReadableAmount()) {
      theProvider(Scene.ok(reply));
      assertThat(failure().reason()).as(reply).isEqualTo(Reason.UNREADABLE);
    }
  }

  @Test
  default void aReplyThatSaysNoIsRejected() {
    theProvider(theNo());

    assertThat(failure().reason()).isEqualTo(Reason.REJECTED);
  }

  @Test
  default void aReplyWithoutEndIsNotReadToItsEnd() {
    var reply = replyListing(List.of(money("5", 0)));
    theProvider(Scene.ok(reply + " ".repeat(4 << 20)));

    assertThat(failure().reason()).isEqualTo(Reason.UNREADABLE);
  }

  @Test
  default void aConnectionThatBreaksIsUnreachable() {
    theProvider(new Scene.BreaksOff(replyListing(List.of(money("5", 0)))));
    assertThat(failure().reason()).isEqualTo(Reason.UNREACHABLE);

    theProvider(new Scene.HangsUp());
    assertThat(failure().reason()).isEqualTo(Reason.UNREACHABLE);

    theProviderGoesAway();
    assertThat(failure().reason()).isEqualTo(Reason.UNREACHABLE);
  }

  @Test
  default void endsByTheDeadlineWhateverTheProviderDoes() {
    var reply = replyListing(List.of(money("5", 0)));
    for (var scene :
        List.of(new Scene.Silence(), new Scene.Stalls(reply), new Scene.Drips(reply))) {
      theProvider(scene);
      var start = System.nanoTime();

      var failure = failure(provider().fetch(connection(), wanted(), SHORT));

      assertThat(failure.reason()).as("%s", scene).isEqualTo(Reason.TIMEOUT);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SHORT.plus(SLACK));
    }
  }

  @Test
  default void aDeadlineThatHasPassedIsATimeOut() {
    theProvider(Scene.ok(replyListing(List.of(money("5", 0)))));

    assertThat(failure(provider().fetch(connection(), wanted(), Duration.ZERO)).reason())
        .isEqualTo(Reason.TIMEOUT);
  }

  @Test
  default void anInterruptEndsTheCallAndIsNotSwallowed() throws Exception {
    theProvider(new Scene.Silence());

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var call =
          threads.submit(
              () -> {
                Thread.currentThread().interrupt();
                var reply = provider().fetch(connection(), wanted(), PATIENCE);
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
                return reply;
              });
      assertThat(call.get()).isInstanceOf(Failure.class);
    }
  }

  @Test
  default void noFailureRepeatsASecretOrTheProvidersWords() {
    var words = "THE-PROVIDERS-OWN-WORDS " + secret();
    var scenes = new ArrayList<Scene>();
    for (var status : List.of(200, 302, 400, 401, 403, 404, 429, 500, 503)) {
      scenes.add(new Scene.Answers(status, Map.of("Retry-After", words), words));
      scenes.add(new Scene.Answers(status, Map.of(), "{\"message\":\"" + words + "\"}"));
    }
    scenes.add(new Scene.BreaksOff(words));
    scenes.add(new Scene.HangsUp());
    scenes.add(theNo());
    for (var scene : scenes) {
      theProvider(scene);
      var reply = provider().fetch(connection(), wanted(), PATIENCE);
      assertThat(failure(reply).detail()).isNotBlank().hasSizeLessThan(100);
      assertThat(reply.toString()).doesNotContain(secret()).doesNotContain("THE-PROVIDERS");
    }
    theProviderGoesAway();
    assertThat(provider().fetch(connection(), wanted(), PATIENCE).toString())
        .doesNotContain(secret());
  }

  @Test
  default void readsAgainAfterAFailure() {
    var reply = replyListing(List.of(money("5", 0)));
    for (var scene :
        List.of(
            Scene.status(500),
            new Scene.Answers(429, Map.of(), "x".repeat(100_000)),
            new Scene.BreaksOff(reply),
            new Scene.Stalls(reply),
            new Scene.HangsUp())) {
      theProvider(scene);
      failure(provider().fetch(connection(), wanted(), SHORT));

      theProvider(Scene.ok(reply));
      assertThat(available(read())).containsExactly(money("5", 0));
    }
  }

  @Test
  default void callsAtTheSameTimeDoNotDisturbEachOther() throws Exception {
    theProvider(Scene.ok(replyListing(List.of(money("1234.56", 0)))));

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Reading> call = this::read;
      var calls = Stream.generate(() -> call).limit(32).toList();
      for (var reading : threads.invokeAll(calls)) {
        assertThat(available(reading.get())).containsExactly(money("1234.56", 0));
      }
    }
  }

  @Test
  default void theProfileNamesTheFieldsOfItsCredentials() {
    var profile = provider().profile();

    assertThat(connection().credentials().fields().keySet())
        .isEqualTo(profile.credentials().fields());
    assertThat(connection().connection().provider()).isEqualTo(profile.id());
    assertThat(connection().connection().apiVersion()).isEqualTo(profile.apiVersion());
  }

  /** Money in one of the provider's currencies. */
  private Money money(String amount, int currency) {
    return new Money(new BigDecimal(amount), currencies().get(currency));
  }

  private Reading read() {
    var reply = provider().fetch(connection(), wanted(), PATIENCE);
    assertThat(reply).isInstanceOf(Reading.class);
    return (Reading) reply;
  }

  private ProviderFailure failure() {
    return failure(provider().fetch(connection(), wanted(), PATIENCE));
  }

  private static ProviderFailure failure(BalanceProvider.Reply reply) {
    assertThat(reply).isInstanceOf(Failure.class);
    return ((Failure) reply).failure();
  }

  private static List<Money> available(Reading reading) {
    return reading.balances().stream().map(account -> account.balance().available()).toList();
  }

  private @Nullable Duration retryAfter(int status, String value) {
    theProvider(new Scene.Answers(status, Map.of("Retry-After", value), ""));
    return failure().retryAfter();
  }
}
