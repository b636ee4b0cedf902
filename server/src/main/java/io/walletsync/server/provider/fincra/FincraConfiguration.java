package io.walletsync.server.provider.fincra;

import io.walletsync.core.event.WebhookReader;
import io.walletsync.core.movement.MovementFeed;
import io.walletsync.core.provider.BalanceProvider;
import io.walletsync.core.wallet.Environment;
import io.walletsync.server.provider.ProviderCalls;
import io.walletsync.server.provider.ProviderUrls;
import java.util.function.Function;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Adds Fincra to the providers of this installation. */
@Configuration(proxyBeanMethods = false)
public class FincraConfiguration {
  @Bean
  BalanceProvider fincra(ProviderCalls calls, ProviderUrls urls) {
    return new FincraBalanceProvider(calls, hosts(urls));
  }

  @Bean
  MovementFeed fincraMovements(ProviderCalls calls, ProviderUrls urls) {
    return new FincraMovementFeed(calls, hosts(urls));
  }

  @Bean
  WebhookReader fincraWebhooks() {
    return new FincraWebhookReader();
  }

  private static Function<Environment, String> hosts(ProviderUrls urls) {
    return environment -> urls.get("FINCRA_BASE_URL", documented(environment));
  }

  /** API reference, "Environments". */
  private static String documented(Environment environment) {
    return switch (environment) {
      case LIVE -> "https://api.fincra.com";
      case SANDBOX -> "https://sandboxapi.fincra.com";
    };
  }
}
