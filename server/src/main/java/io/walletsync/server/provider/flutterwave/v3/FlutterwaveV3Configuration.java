package io.walletsync.server.provider.flutterwave.v3;

import io.walletsync.core.event.WebhookReader;
import io.walletsync.core.movement.MovementFeed;
import io.walletsync.core.provider.BalanceProvider;
import io.walletsync.server.provider.ProviderCalls;
import io.walletsync.server.provider.ProviderUrls;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Adds Flutterwave's API v3 to the providers of this installation. */
@Configuration(proxyBeanMethods = false)
public class FlutterwaveV3Configuration {
  @Bean
  BalanceProvider flutterwaveV3(ProviderCalls calls, ProviderUrls urls) {
    return new FlutterwaveV3BalanceProvider(calls, url(urls));
  }

  @Bean
  MovementFeed flutterwaveV3Movements(ProviderCalls calls, ProviderUrls urls) {
    return new FlutterwaveV3MovementFeed(calls, url(urls));
  }

  @Bean
  WebhookReader flutterwaveV3Webhooks() {
    return new FlutterwaveV3WebhookReader();
  }

  /** One host for test and live: the key decides. */
  private static String url(ProviderUrls urls) {
    return urls.get("FLUTTERWAVE_V3_BASE_URL", "https://api.flutterwave.com/v3");
  }
}
