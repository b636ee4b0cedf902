package io.walletsync.server.stress;

import io.walletsync.server.support.ApiClient;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Clients that sync without a pause, each request under a key of its own, until their server dies.
 */
final class Load {
  private final ApiClient client;
  private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();
  private final List<CompletableFuture<Void>> clients = new ArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * A request that was sent.
   *
   * @param answer what a 200 said; null where no answer came
   */
  record Attempt(String wallet, String key, @Nullable String answer) {
    boolean isAcknowledged() {
      return answer != null;
    }
  }

  private Load(ApiClient client) {
    this.client = client;
  }

  static Load of(int clients, ApiClient client, List<String> wallets) {
    var load = new Load(client);
    for (var i = 0; i < clients; i++) {
      var wallet = wallets.get(i % wallets.size());
      load.clients.add(
          CompletableFuture.runAsync(() -> load.syncUntilItDies(wallet), load.threads));
    }
    return load;
  }

  private void syncUntilItDies(String wallet) {
    for (var attempt = sync(wallet); attempt.isAcknowledged(); attempt = sync(wallet)) {
      attempts.add(attempt);
    }
  }

  /** The last attempt of each client is the one that got no answer. */
  private Attempt sync(String wallet) {
    var key = ApiClient.randomKey();
    try {
      return new Attempt(wallet, key, client.sync(wallet, key).expect(200).body());
    } catch (UncheckedIOException e) {
      var unanswered = new Attempt(wallet, key, null);
      attempts.add(unanswered);
      return unanswered;
    }
  }

  int acknowledged() {
    return (int) attempts.stream().filter(Attempt::isAcknowledged).count();
  }

  /** Waits until every client noticed that the server is dead; none may have noticed more. */
  List<Attempt> end() {
    clients.forEach(CompletableFuture::join);
    threads.close();
    return new ArrayList<>(attempts);
  }
}
