package io.walletsync.server.provider.fincra;

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

final class FincraConfigurationTest {
  @Test
  void addsFincraToTheProviders() {
    try (var context = new AnnotationConfigApplicationContext()) {
      context.registerBean(ProviderUrls.class, () -> new ProviderUrls(Map.of()));
      context.registerBean(InstantSource.class, InstantSource::system);
      context.register(ProviderConfiguration.class, FincraConfiguration.class);
      context.refresh();

      var fincra = new ProviderId("fincra");
      assertThat(context.getBean(BalanceProvider.class).profile().id()).isEqualTo(fincra);
      assertThat(context.getBean(WebhookReader.class).profile().id()).isEqualTo(fincra);
    }
  }
}
