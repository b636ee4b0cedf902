package io.walletsync.server.provider.paystack;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.event.WebhookReader;
import io.walletsync.core.provider.BalanceProvider;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.server.provider.ProviderConfiguration;
import io.walletsync.server.provider.ProviderUrls;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

final class PaystackConfigurationTest {
  @Test
  void addsPaystackToTheProviders() {
    try (var context = new AnnotationConfigApplicationContext()) {
      context.registerBean(ProviderUrls.class, () -> new ProviderUrls(Map.of()));
      context.registerBean(InstantSource.class, InstantSource::system);
      context.register(ProviderConfiguration.class, PaystackConfiguration.class);
      context.refresh();

      var paystack = new ProviderId("paystack");
      assertThat(context.getBean(BalanceProvider.class).profile().id()).isEqualTo(paystack);
      assertThat(context.getBean(WebhookReader.class).profile().id()).isEqualTo(paystack);
    }
  }
}
