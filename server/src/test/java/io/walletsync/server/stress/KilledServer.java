package io.walletsync.server.stress;

import io.walletsync.server.stress.Load.Attempt;
import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.Eventually;
import io.walletsync.server.support.ServerProcess;
import io.walletsync.server.support.StubPaystack;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** A server that is killed under load, again and again, and what was asked of it until then. */
final class KilledServer implements AutoCloseable {
  private static final int CLIENTS = 8;
  private static final int WALLETS = 4;
  private static final String HELD = "sk_test_kills_held";
  private static final Duration LONGEST_CALL = Duration.ofMillis(30);
  private static final Duration LONGEST_LIFE = Duration.ofMillis(500);

  private final Map<String, String> environment;
  private final StubPaystack paystack;
  private final List<String> wallets;
  private final String heldWallet;
  private volatile CountDownLatch held = new CountDownLatch(0);
  private ServerProcess server;

  private KilledServer(Map<String, String> environment, StubPaystack paystack) {
    this.environment = environment;
    this.paystack = paystack;
    server = ServerProcess.start(environment);
    var client = server.client();
    wallets = IntStream.range(0, WALLETS).mapToObj(i -> wallet(client, i)).toList();
    heldWallet = heldWallet(client);
  }

  static KilledServer start(Map<String, String> environment, StubPaystack paystack) {
    return new KilledServer(environment, paystack);
  }

  private String wallet(ApiClient client, int number) {
    var secretKey = "sk_test_kills_" + number;
    paystack.replies(
        secretKey,
        call -> {
          pause(LONGEST_CALL);
          return StubPaystack.balance("NGN", call / 2);
        });
    return client.register(client.connect(secretKey), "NGN");
  }

  private String heldWallet(ApiClient client) {
    paystack.replies(
        HELD,
        call -> {
          awaitRelease();
          return StubPaystack.balance("NGN", call);
        });
    return client.register(client.connect(HELD), "NGN");
  }

  /** The wallets under load. */
  List<String> wallets() {
    return wallets;
  }

  /** Whether the request was certainly in flight when the server was killed. */
  boolean wasHeld(Attempt attempt) {
    return attempt.wallet().equals(heldWallet) && !attempt.isAcknowledged();
  }

  ApiClient client() {
    return server.client();
  }

  /** Kills the server at some moment, starts it again, and returns what had been asked of it. */
  List<Attempt> killUnderLoad() {
    held = new CountDownLatch(1);
    var callsBefore = paystack.calls(HELD);
    var waiting = Load.of(1, server.client(), List.of(heldWallet));
    var load = Load.of(CLIENTS, server.client(), wallets);
    Eventually.within(
        Duration.ofSeconds(30),
        "the server is under load",
        () -> load.acknowledged() > 2 * CLIENTS && paystack.calls(HELD) > callsBefore);
    pause(LONGEST_LIFE);
    server.kill();
    var attempts = load.end();
    attempts.addAll(waiting.end());
    held.countDown();
    server = ServerProcess.start(environment);
    return attempts;
  }

  @Override
  public void close() {
    held.countDown();
    server.close();
  }

  /** For a random while, so that the kill meets another moment each time. */
  private static void pause(Duration longest) {
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(longest.toNanos()));
  }

  private void awaitRelease() {
    try {
      held.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
