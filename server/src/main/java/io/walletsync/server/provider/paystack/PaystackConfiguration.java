package io.walletsync.server.provider.paystack;

import io.walletsync.core.event.WebhookReader;
import io.walletsync.core.movement.MovementFeed;
import io.walletsync.core.provider.BalanceProvider;
import io.walletsync.server.provider.ProviderCalls;
import io.walletsync.server.provider.ProviderUrls;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Adds Paystack to the providers of this installation. */
@Configuration(proxyBeanMethods = false)
public class PaystackConfiguration {
  @Bean
  BalanceProvider paystack(ProviderCalls calls, ProviderUrls urls) {
    return new PaystackBalanceProvider(calls, url(urls));
  }

  @Bean
  MovementFeed paystackMovements(ProviderCalls calls, ProviderUrls urls) {
    return new PaystackMovementFeed(calls, url(urls));
  }

  @Bean
  WebhookReader paystackWebhooks() {
    return new PaystackWebhookReader();
  }

  /** One host for test and live: the key decides. */
  private static String url(ProviderUrls urls) {
    return urls.get("PAYSTACK_BASE_URL", "https://api.paystack.co");
  }
}
