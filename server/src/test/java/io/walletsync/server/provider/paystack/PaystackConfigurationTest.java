package io.walletsync.server.provider.paystack;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.provider.BalanceProvider;
import io.walletsync.core.wallet.ProviderId;
import java.net.URI;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

final class PaystackConfigurationTest {
  @Test
  void addsPaystackToTheProviders() {
    try (var context = new AnnotationConfigApplicationContext()) {
      context.registerBean(PaystackSettings.class, () -> PaystackSettings.STANDARD);
      context.registerBean(InstantSource.class, InstantSource::system);
      context.register(PaystackConfiguration.class);
      context.refresh();

      var provider = context.getBean(BalanceProvider.class);
      assertThat(provider.profile().id()).isEqualTo(new ProviderId("paystack"));
      assertThat(provider).isInstanceOf(AutoCloseable.class);
    }
  }

  @Test
  void theStandardAddressIsPaystacksOwn() {
    assertThat(PaystackSettings.STANDARD.baseUrl())
        .isEqualTo(URI.create("https://api.paystack.co"));
  }
}
