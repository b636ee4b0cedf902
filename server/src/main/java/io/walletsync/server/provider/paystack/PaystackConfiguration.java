package io.walletsync.server.provider.paystack;

import io.walletsync.core.event.WebhookReader;
import io.walletsync.core.provider.BalanceProvider;
import io.walletsync.server.provider.ProviderCalls;
import io.walletsync.server.provider.ProviderUrls;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Adds Paystack to the providers of this installation. */
@Configuration(proxyBeanMethods = false)
public class PaystackConfiguration {
  /** One host for test and live: the key decides. */
  @Bean
  BalanceProvider paystack(ProviderCalls calls, ProviderUrls urls) {
    return new PaystackBalanceProvider(
        calls, urls.get("PAYSTACK_BASE_URL", "https://api.paystack.co"));
  }

  @Bean
  WebhookReader paystackWebhooks() {
    return new PaystackWebhookReader();
  }
}
