package io.walletsync.server.provider.flutterwave;

import com.sun.net.httpserver.HttpServer;
import io.walletsync.core.event.Delivery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Takes webhooks as they come. */
public final class WebhookSink implements AutoCloseable {
  private final BlockingQueue<Delivery> taken = new LinkedBlockingQueue<>();
  private final HttpServer server;

  public WebhookSink() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/",
        exchange -> {
          var headers = new HashMap<String, String>();
          exchange
              .getRequestHeaders()
              .forEach(
                  (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
          taken.add(new Delivery(headers, exchange.getRequestBody().readAllBytes()));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  public Delivery take() throws InterruptedException {
    var delivery = taken.poll(20, TimeUnit.SECONDS);
    if (delivery == null) {
      throw new AssertionError("no webhook came");
    }
    return delivery;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
