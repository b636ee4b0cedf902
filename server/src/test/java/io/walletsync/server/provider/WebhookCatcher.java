package io.walletsync.server.provider;

import com.sun.net.httpserver.HttpServer;
import io.walletsync.core.event.Delivery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes the webhooks of a simulator, after it refused the first few. */
public final class WebhookCatcher implements AutoCloseable {
  private final HttpServer server;
  private final AtomicInteger asked = new AtomicInteger();
  private final List<Delivery> taken = new CopyOnWriteArrayList<>();

  public WebhookCatcher(int refused) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/hook",
        exchange -> {
          var headers = new HashMap<String, String>();
          exchange
              .getRequestHeaders()
              .forEach(
                  (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
          var delivery = new Delivery(headers, exchange.getRequestBody().readAllBytes());
          var no = asked.getAndIncrement() < refused;
          if (!no) {
            taken.add(delivery);
          }
          exchange.sendResponseHeaders(no ? 500 : 204, -1);
          exchange.close();
        });
    server.start();
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
  }

  /** How often it was asked to take one. */
  public int asked() {
    return asked.get();
  }

  public List<Delivery> taken() {
    return List.copyOf(taken);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
