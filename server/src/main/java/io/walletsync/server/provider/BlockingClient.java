package io.walletsync.server.provider;

import java.io.ByteArrayOutputStream;
import java.net.ProxySelector;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Flow;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Apache's client as providers need it: a call waits on its own virtual thread, is sent where it
 * was addressed and nowhere else, and carries nothing over from the call before.
 */
final class BlockingClient {
  private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(5);
  private static final TimeValue KEPT_IDLE = TimeValue.ofSeconds(30);

  /** Without limits a head without end would be kept in memory until the deadline. */
  private static final Http1Config BOUNDED_HEAD =
      Http1Config.custom().setMaxLineLength(16 * 1024).setMaxHeaderCount(200).build();

  private BlockingClient() {}

  static CloseableHttpClient make() {
    var connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            // how many calls there are at once is limited elsewhere, by account
            .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
            .setMaxConnPerRoute(Integer.MAX_VALUE)
            .setConnectionFactory(
                ManagedHttpClientConnectionFactory.builder().http1Config(BOUNDED_HEAD).build())
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(Timeout.of(CONNECT_PATIENCE))
                    .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                    .build())
            .build();
    return HttpClientBuilder.create()
        .setConnectionManager(connections)
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setProtocolUpgradeEnabled(false)
                .setResponseTimeout(Timeout.DISABLED) // the deadline rules
                .build())
        .setProxySelector(ProxySelector.getDefault())
        .setRetryStrategy(new OnceMore())
        .setUserAgent("walletsync")
        .evictIdleConnections(KEPT_IDLE)
        // a redirect would carry the secret to a place nobody configured
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .build();
  }

  static void close(CloseableHttpClient client) {
    client.close(CloseMode.IMMEDIATE);
  }

  static HttpUriRequestBase call(HttpRequest request) {
    var call = new HttpUriRequestBase(request.method(), request.uri());
    request
        .headers()
        .map()
        .forEach((name, values) -> values.forEach(value -> call.addHeader(name, value)));
    request
        .bodyPublisher()
        .ifPresent(
            publisher -> {
              var body = new Body();
              publisher.subscribe(body);
              call.setEntity(new ByteArrayEntity(body.bytes.toByteArray(), (ContentType) null));
            });
    return call;
  }

  /** Gathers a body of ours, which is all there before it is sent. */
  private static final class Body implements Flow.Subscriber<ByteBuffer> {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ByteBuffer part) {
      var piece = new byte[part.remaining()];
      part.get(piece);
      bytes.writeBytes(piece);
    }

    @Override
    public void onError(Throwable broken) {
      throw new IllegalStateException("a body of ours is no stream", broken);
    }

    @Override
    public void onComplete() {}
  }
}
