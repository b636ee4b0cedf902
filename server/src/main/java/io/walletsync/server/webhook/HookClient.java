package io.walletsync.server.webhook;

import java.time.Duration;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Apache's client for addresses that nobody vouches for: it dials what the resolver returns and
 * nothing else. No redirect is followed, no proxy of the environment is asked, and nothing is
 * carried over from the call before.
 */
final class HookClient {
  private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(5);
  private static final TimeValue KEPT_IDLE = TimeValue.ofSeconds(10);

  /** A name that leads elsewhere by now is dialled anew after this at the latest. */
  private static final TimeValue LONGEST_KEPT = TimeValue.ofSeconds(60);

  private static final Http1Config BOUNDED_HEAD =
      Http1Config.custom().setMaxLineLength(8 * 1024).setMaxHeaderCount(100).build();

  private HookClient() {}

  static CloseableHttpClient make(DnsResolver resolver, Duration deadline) {
    var connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setDnsResolver(resolver)
            // how many calls there are at once is limited elsewhere, by subscription
            .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
            .setMaxConnPerRoute(Integer.MAX_VALUE)
            .setConnectionFactory(
                ManagedHttpClientConnectionFactory.builder().http1Config(BOUNDED_HEAD).build())
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(Timeout.of(CONNECT_PATIENCE))
                    .setSocketTimeout(Timeout.of(deadline))
                    .setTimeToLive(LONGEST_KEPT)
                    .setValidateAfterInactivity(TimeValue.ofMilliseconds(50))
                    .build())
            .build();
    return HttpClientBuilder.create()
        .setConnectionManager(connections)
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setProtocolUpgradeEnabled(false)
                .setResponseTimeout(Timeout.DISABLED) // the deadline rules
                .build())
        .setUserAgent("WalletSync")
        .evictIdleConnections(KEPT_IDLE)
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .build();
  }
}
