package io.walletsync.core.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.core.Examples;
import io.walletsync.core.kernel.DatabaseClock;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.provider.BalanceProvider.Reply;
import io.walletsync.core.provider.BalanceProviders;
import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.provider.ProviderFailure.Reason;
import io.walletsync.core.provider.ScriptedBalanceProvider;
import io.walletsync.core.sync.SharedCalls.Answer;
import io.walletsync.core.sync.SharedCalls.Told;
import io.walletsync.core.wallet.Connections.OpenConnection;
import io.walletsync.core.wallet.Holding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SharedCallsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration NEVER = Duration.ofHours(1);
  private static final Holding NAIRA = new Holding("", Examples.NGN);
  private static final Holding CEDI = new Holding("", Examples.GHS);
  private static final Reply READING = ScriptedBalanceProvider.reading(Examples.balance("100"));

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ScriptedBalanceProvider scripted =
      new ScriptedBalanceProvider(Examples.profile(Examples.PAYSTACK));
  private final CallsByAccount provider = new CallsByAccount(scripted);
  private final OpenConnection connection =
      new OpenConnection(Examples.connection(), Examples.credentials());
  private CallLines lines = new CallLines(NEVER, 4);
  private SharedCalls calls = calls(1_000);

  @AfterEach
  void nothingIsLeftBehind() {
    threads.close();
    eventually(() -> lines.busy() == 0);
  }

  @Test
  void whoComesWhileACallRunsSharesTheNextOne() throws Exception {
    var running = scripted.nextHeld(READING);
    scripted.always(READING);
    var first = ask(connection, Set.of(NAIRA), PATIENCE);
    running.awaitCall();
    var tenWallets = IntStream.range(0, 10).mapToObj(SharedCallsTest::holding).toList();

    var others = new ArrayList<Future<Map<Holding, Answer>>>();
    for (var i = 0; i < 64; i++) {
      others.add(ask(connection, Set.of(tenWallets.get(i % 10)), PATIENCE));
    }
    awaitWaiting(64);
    running.open();

    assertThat(first.get()).containsOnlyKeys(NAIRA);
    for (var i = 0; i < 64; i++) {
      assertThat(others.get(i).get()).containsOnlyKeys(tenWallets.get(i % 10));
    }
    assertThat(provider.asked()).containsExactly(Set.of(NAIRA), Set.copyOf(tenWallets));
  }

  @Test
  void allWhoShareACallAreToldTheSameTimesByTheClosestClock() throws Exception {
    var running = scripted.nextHeld(READING);
    scripted.always(READING);
    var first = ask(connection, Set.of(NAIRA), PATIENCE);
    running.awaitCall();
    var close = DatabaseClock.startedAt(Examples.MORNING.plusSeconds(3));
    var behind = DatabaseClock.startedAt(Examples.MORNING);

    var others =
        List.of(
            threads.submit(() -> calls.ask(connection, Set.of(NAIRA), behind, PATIENCE)),
            threads.submit(() -> calls.ask(connection, Set.of(NAIRA), close, PATIENCE)));
    awaitWaiting(2);
    running.open();

    var answer = others.getFirst().get().get(NAIRA);
    assertThat(others.getLast().get().get(NAIRA)).isEqualTo(answer);
    assertThat(Objects.requireNonNull(answer).callStartedAt())
        .isBetween(close.readAt(), answer.answeredAt());
    first.get();
  }

  @Test
  void holdingsOfSeveralCallsAreAskedForSideBySide() throws Exception {
    var one = scripted.nextHeld(READING);
    var other = scripted.nextHeld(READING);
    var here = new Holding("here", Examples.NGN);
    var there = new Holding("there", Examples.NGN);

    var answers = ask(connection, Set.of(here, there), PATIENCE);
    one.awaitCall();
    other.awaitCall();
    one.open();
    other.open();

    assertThat(answers.get()).containsOnlyKeys(here, there);
    assertThat(provider.asked()).containsExactlyInAnyOrder(Set.of(here), Set.of(there));
  }

  @Test
  void connectionsDoNotWaitForEachOther() throws Exception {
    var running = scripted.nextHeld(READING);
    scripted.always(READING);
    var first = ask(connection, Set.of(NAIRA), PATIENCE);
    running.awaitCall();

    var elsewhere = new OpenConnection(Examples.connection(), Examples.credentials());
    assertThat(balance(ask(elsewhere, Set.of(NAIRA), PATIENCE))).isEqualTo("100");

    running.open();
    first.get();
  }

  @Test
  void aHoldingThatIsNotInTheReadingIsMissingForItsWaiterAlone() throws Exception {
    var running = scripted.nextHeld(READING);
    scripted.always(READING);
    var first = ask(connection, Set.of(NAIRA), PATIENCE);
    running.awaitCall();
    var naira = ask(connection, Set.of(NAIRA), PATIENCE);
    var cedi = ask(connection, Set.of(CEDI), PATIENCE);
    awaitWaiting(2);
    running.open();

    assertThat(balance(naira)).isEqualTo("100");
    assertThat(reason(cedi, CEDI)).isEqualTo(Reason.CURRENCY_MISSING);
    first.get();
  }

  @Test
  void aCallThatDragsOnIsOvertakenButOnlyByAFew() throws Exception {
    lines = new CallLines(Duration.ofMillis(20), 2);
    calls = calls(1_000);
    var slow = scripted.nextHeld(READING);
    var slower = scripted.nextHeld(READING);
    scripted.always(READING);
    var first = ask(connection, Set.of(NAIRA), PATIENCE);
    slow.awaitCall();
    var second = ask(connection, Set.of(NAIRA), PATIENCE);
    slower.awaitCall();

    var third = ask(connection, Set.of(NAIRA), PATIENCE);
    awaitWaiting(1);
    // far longer than it takes to be called dragging
    assertThat(third).satisfies(waits -> stillWaits(waits, Duration.ofMillis(300)));
    assertThat(scripted.calls()).isEqualTo(2);
    slower.open();

    assertThat(balance(third)).isEqualTo("100");
    second.get();
    assertThat(first.isDone()).isFalse();
    slow.open();
    first.get();
  }

  @Test
  void eachGivesUpByItsOwnPatience() throws Exception {
    var running = scripted.nextHeld(READING);
    var shared = scripted.nextHeld(READING);
    var first = ask(connection, Set.of(NAIRA), PATIENCE);
    running.awaitCall();
    var patient = ask(connection, Set.of(NAIRA), PATIENCE);
    var impatient = ask(connection, Set.of(NAIRA), Duration.ofMillis(400));
    awaitWaiting(2);
    running.open();
    shared.awaitCall();

    assertThat(reason(impatient, NAIRA)).isEqualTo(Reason.TIMEOUT);
    assertThat(patient.isDone()).isFalse();
    assertThat(scripted.lastDeadline()).isBetween(Duration.ofSeconds(10), PATIENCE);
    shared.open();
    assertThat(balance(patient)).isEqualTo("100");
    first.get();
  }

  @Test
  void aCallThatNobodyWaitsForAnyLongerDoesNotStart() throws Exception {
    var running = scripted.nextHeld(READING);
    var first = ask(connection, Set.of(NAIRA), PATIENCE);
    running.awaitCall();

    assertThat(reason(ask(connection, Set.of(CEDI), Duration.ofMillis(20)), CEDI))
        .isEqualTo(Reason.TIMEOUT);
    running.open();

    first.get();
    assertThat(scripted.calls()).isEqualTo(1);
  }

  @Test
  void anInterruptedWaiterEndsAndStaysInterrupted() throws Exception {
    var running = scripted.nextHeld(READING);
    var failure = new CompletableFuture<Reason>();
    var waiter =
        Thread.startVirtualThread(
            () -> {
              var told = calls.ask(connection, Set.of(NAIRA), clock(), PATIENCE).get(NAIRA);
              failure.complete(
                  Thread.currentThread().isInterrupted() ? reasonOf(told) : Reason.REJECTED);
            });
    running.awaitCall();

    waiter.interrupt();

    assertThat(failure.get(10, TimeUnit.SECONDS)).isEqualTo(Reason.UNREACHABLE);
    running.open();
  }

  @Test
  void aCallThatBreaksBreaksForAllItsWaitersAndForNobodyElse() throws Exception {
    var running = scripted.nextHeld(READING);
    scripted.always(
        call -> {
          if (call == 2) {
            throw new IllegalStateException("on purpose");
          }
          return READING;
        });
    var first = ask(connection, Set.of(NAIRA), PATIENCE);
    running.awaitCall();
    var broken =
        List.of(ask(connection, Set.of(NAIRA), PATIENCE), ask(connection, Set.of(CEDI), PATIENCE));
    awaitWaiting(2);
    running.open();

    assertThat(balance(first)).isEqualTo("100");
    assertThat(broken)
        .allSatisfy(
            waiter ->
                assertThatThrownBy(waiter::get)
                    .cause()
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("on purpose"));
    assertThat(balance(ask(connection, Set.of(NAIRA), PATIENCE))).isEqualTo("100");
  }

  @Test
  void aFailureIsToldToAllWhoShareTheCall() throws Exception {
    scripted.next(new Reply.Failure(ProviderFailure.of(Reason.UNAVAILABLE, "Away.")));

    var answers = ask(connection, Set.of(NAIRA, CEDI), PATIENCE).get();

    assertThat(answers.values())
        .extracting(Answer::told)
        .containsOnly(new Told.Failure(ProviderFailure.of(Reason.UNAVAILABLE, "Away.")));
    assertThat(answers).hasSize(2);
  }

  @Test
  void moreThanSoManyDoNotWaitForOneProvider() throws Exception {
    calls = calls(2);
    var running = scripted.nextHeld(READING);
    scripted.always(READING);
    var first = ask(connection, Set.of(NAIRA), PATIENCE);
    running.awaitCall();
    var second = ask(connection, Set.of(NAIRA), PATIENCE);
    awaitWaiting(1);

    assertThat(reason(ask(connection, Set.of(NAIRA), PATIENCE), NAIRA)).isEqualTo(Reason.BUSY);
    assertThat(reason(ask(connection, Set.of(NAIRA), PATIENCE), NAIRA)).isEqualTo(Reason.BUSY);
    var other = new OpenConnection(Examples.connection(Examples.FINCRA), Examples.credentials());
    assertThat(balance(ask(other, Set.of(NAIRA), PATIENCE))).isEqualTo("7");

    running.open();
    first.get();
    second.get();
    for (var i = 0; i < 5; i++) {
      assertThat(balance(ask(connection, Set.of(NAIRA), PATIENCE))).isEqualTo("100");
    }
  }

  private SharedCalls calls(int mostWaiting) {
    var fincra = new ScriptedBalanceProvider(Examples.profile(Examples.FINCRA));
    fincra.always(ScriptedBalanceProvider.reading(Examples.balance("7")));
    return new SharedCalls(new BalanceProviders(List.of(provider, fincra)), mostWaiting, lines);
  }

  private Future<Map<Holding, Answer>> ask(
      OpenConnection on, Set<Holding> wanted, Duration patience) {
    return threads.submit(() -> calls.ask(on, wanted, clock(), patience));
  }

  private static DatabaseClock clock() {
    return DatabaseClock.startedAt(Examples.MORNING);
  }

  private static Holding holding(int number) {
    return new Holding("", new CurrencyCode("C" + (char) ('A' + number) + "X"));
  }

  private static String balance(Future<Map<Holding, Answer>> asked) throws Exception {
    var told = Objects.requireNonNull(asked.get(30, TimeUnit.SECONDS).get(NAIRA)).told();
    return ((Told.OfBalance) told).balance().balance().available().amount().toPlainString();
  }

  private static Reason reason(Future<Map<Holding, Answer>> asked, Holding holding)
      throws Exception {
    return reasonOf(asked.get(30, TimeUnit.SECONDS).get(holding));
  }

  private static Reason reasonOf(@Nullable Answer answer) {
    return ((Told.Failure) Objects.requireNonNull(answer).told()).failure().reason();
  }

  private void awaitWaiting(int waiters) {
    eventually(() -> lines.waiting() == waiters);
  }

  private static void stillWaits(Future<?> future, Duration thisLong) {
    assertThatThrownBy(() -> future.get(thisLong.toMillis(), TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
  }

  private static void eventually(BooleanSupplier happened) {
    var end = System.nanoTime() + PATIENCE.toNanos();
    while (!happened.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it never happened");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }
}
