package io.walletsync.server.provider.flutterwave.v4;

import com.github.benmanes.caffeine.cache.Ticker;
import io.walletsync.core.event.WebhookReader;
import io.walletsync.core.movement.MovementFeed;
import io.walletsync.core.provider.BalanceProvider;
import io.walletsync.server.provider.ProviderCalls;
import io.walletsync.server.provider.ProviderUrls;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Adds Flutterwave's API v4 to the providers of this installation. */
@Configuration(proxyBeanMethods = false)
public class FlutterwaveV4Configuration {
  private static final String BASE_URL = "FLUTTERWAVE_V4_BASE_URL";

  /** Live and sandbox are two hosts, with one that gives the tokens (API v4, "Environments"). */
  @Bean
  V4Calls flutterwaveV4Calls(ProviderCalls calls, ProviderUrls urls) {
    var tokenUrl =
        urls.get(
            "FLUTTERWAVE_V4_TOKEN_URL",
            "https://idp.flutterwave.com/realms/flutterwave/protocol/openid-connect/token");
    var hosts =
        new V4Calls.Hosts(
            urls.get(BASE_URL, "https://f4bexperience.flutterwave.com"),
            urls.get(BASE_URL, "https://developersandbox-api.flutterwave.com"));
    return new V4Calls(
        calls, new FlutterwaveV4Tokens(calls, tokenUrl, Ticker.systemTicker()), hosts);
  }

  @Bean
  BalanceProvider flutterwaveV4(V4Calls calls) {
    return new FlutterwaveV4BalanceProvider(calls);
  }

  @Bean
  MovementFeed flutterwaveV4Movements(V4Calls calls) {
    return new FlutterwaveV4MovementFeed(calls);
  }

  @Bean
  WebhookReader flutterwaveV4Webhooks() {
    return new FlutterwaveV4WebhookReader();
  }
}
