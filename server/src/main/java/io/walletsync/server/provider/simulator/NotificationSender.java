package io.walletsync.server.provider.simulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Posts webhooks in the background, each in its own time, so that they may overtake each other as
 * real ones do. One that is not taken (status 2xx) is sent again after a while, and after a few
 * times no more.
 */
final class NotificationSender implements AutoCloseable {
  private static final List<Duration> PAUSES =
      List.of(Duration.ofMillis(100), Duration.ofMillis(400), Duration.ofMillis(1600));
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  /** Sends it, so that it is taken this many times. */
  void send(URI address, Notification notification, int times) {
    for (int i = 0; i < times; i++) {
      threads.execute(() -> deliver(address, notification));
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    threads.shutdownNow();
    threads.close();
  }

  private void deliver(URI address, Notification notification) {
    try {
      for (var pause : PAUSES) {
        if (isTaken(address, notification)) {
          return;
        }
        Thread.sleep(pause);
      }
      var _ = isTaken(address, notification);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isTaken(URI address, Notification notification) throws InterruptedException {
    var request =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(notification.body()));
    notification.headers().forEach(request::setHeader);
    try {
      return client.send(request.build(), BodyHandlers.discarding()).statusCode() / 100 == 2;
    } catch (IOException e) {
      return false;
    }
  }
}
