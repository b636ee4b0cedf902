package io.walletsync.server.provider.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What all simulated providers have in common: a listener on a loopback port, money that moves by
 * itself, faults on demand, and webhooks. Made to try WalletSync out, not to be relied on: it
 * forgets everything when it stops.
 */
public abstract class ProviderSimulator implements AutoCloseable {
  private static final String HOST = "127.0.0.1";

  static {
    // the JDK's server has no other knob; without it a larger reply waits 40 ms for an
    // acknowledgement
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer listener;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService ticks =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());
  private final NotificationSender notifications = new NotificationSender();
  private final Map<String, Subscriber> subscribers = new ConcurrentHashMap<>();
  private volatile @Nullable Episode episode;

  /** Takes a loopback port; 0 is any that is free. It does not answer before {@link #listen}. */
  protected ProviderSimulator(int port) {
    try {
      listener = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(HOST), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("the simulator cannot listen on port " + port, e);
    }
  }

  /** Answers a call as the provider would. */
  protected abstract Answer answer(Request request);

  /** Moves money of a random wallet of every business. */
  protected abstract void moveAtRandom(RandomGenerator dice);

  protected final void listen() {
    listener.setExecutor(threads);
    listener.createContext("/", this::handle);
    listener.start();
  }

  /** Tells whoever wants to know of this business. */
  protected final void announce(String business, Notification notification) {
    var subscriber = subscribers.get(business);
    if (subscriber != null) {
      notifications.send(
          subscriber.address, notification, hits(subscriber.duplicatesPercent) ? 2 : 1);
    }
  }

  public final URI baseUrl() {
    return URI.create("http://" + HOST + ":" + listener.getAddress().getPort());
  }

  /** From now on moves money of every business, once in each interval. */
  public final void moveByItself(Duration every) {
    var _ =
        ticks.scheduleAtFixedRate(
            () -> moveAtRandom(random), every.toNanos(), every.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Fails so for a while, from now on and instead of any fault that is still under way. */
  public final void misbehave(Misbehaviour misbehaviour, Duration howLong) {
    episode = new Episode(misbehaviour, System.nanoTime() + howLong.toNanos());
  }

  /**
   * From now on announces each movement of a business.
   *
   * @param business what the business is known by to this simulator
   * @param duplicatesPercent how many of a hundred webhooks are sent twice, on average
   */
  public final void sendWebhooksTo(URI address, String business, int duplicatesPercent) {
    subscribers.put(business, new Subscriber(address, duplicatesPercent));
  }

  @Override
  public final void close() {
    ticks.shutdownNow();
    listener.stop(0);
    notifications.close();
    threads.shutdownNow();
    threads.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var now = episode;
      if (now == null || now.end - System.nanoTime() < 0 || !hits(now.misbehaviour.percent())) {
        send(exchange, answer(new Request(exchange)));
        return;
      }
      switch (now.misbehaviour.fault()) {
        case UNAVAILABLE -> send(exchange, text(503, "Service Unavailable"));
        case GARBAGE -> send(exchange, text(200, "<html><body>We will be back soon.</body>"));
        case SLOW -> {
          Thread.sleep(now.misbehaviour.delay());
          send(exchange, answer(new Request(exchange)));
        }
        case BROKEN -> {
          var body = answer(new Request(exchange)).body();
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(Arrays.copyOf(body, body.length / 2));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
    exchange.sendResponseHeaders(answer.status(), answer.body().length);
    exchange.getResponseBody().write(answer.body());
  }

  private static Answer text(int status, String body) {
    return new Answer(status, body.getBytes(StandardCharsets.UTF_8));
  }

  private boolean hits(int percent) {
    return random.nextInt(100) < percent;
  }

  private record Subscriber(URI address, int duplicatesPercent) {}

  /** A misbehaviour and when it ends, by {@link System#nanoTime()}. */
  private record Episode(Misbehaviour misbehaviour, long end) {}
}
