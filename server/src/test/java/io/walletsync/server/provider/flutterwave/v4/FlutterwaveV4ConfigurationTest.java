package io.walletsync.server.provider.flutterwave.v4;

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

final class FlutterwaveV4ConfigurationTest {
  @Test
  void addsTheAdapterAndTheReaderOfItsWebhooks() {
    try (var context = new AnnotationConfigApplicationContext()) {
      context.registerBean(ProviderUrls.class, () -> new ProviderUrls(Map.of()));
      context.registerBean(InstantSource.class, InstantSource::system);
      context.register(ProviderConfiguration.class, FlutterwaveV4Configuration.class);
      context.refresh();

      var profile = context.getBean(BalanceProvider.class).profile();
      assertThat(profile.id()).isEqualTo(new ProviderId("flutterwave"));
      assertThat(profile.apiVersion()).isEqualTo("v4");
      assertThat(context.getBean(WebhookReader.class).profile()).isEqualTo(profile);
    }
  }
}
