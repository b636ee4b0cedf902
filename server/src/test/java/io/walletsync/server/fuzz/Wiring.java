package io.walletsync.server.fuzz;

import io.walletsync.core.event.WebhookReader;
import io.walletsync.core.provider.BalanceProvider;
import io.walletsync.core.wallet.ProviderProfile;
import io.walletsync.server.provider.ProviderCalls;
import io.walletsync.server.provider.ProviderUrls;
import io.walletsync.server.provider.fincra.FincraConfiguration;
import io.walletsync.server.provider.flutterwave.v3.FlutterwaveV3Configuration;
import io.walletsync.server.provider.flutterwave.v4.FlutterwaveV4Configuration;
import io.walletsync.server.provider.paystack.PaystackConfiguration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** The adapters and readers as the server wires them, over calls that a test answers. */
final class Wiring {
  private Wiring() {}

  static BalanceProvider adapter(String provider, @Nullable String version, ProviderCalls calls) {
    try (var context = context(calls)) {
      return context.getBeansOfType(BalanceProvider.class).values().stream()
          .filter(it -> is(it.profile(), provider, version))
          .findFirst()
          .orElseThrow();
    }
  }

  static WebhookReader reader(String provider, @Nullable String version) {
    ProviderCalls none =
        (_, _, _) -> {
          throw new AssertionError("a reader calls nobody");
        };
    try (var context = context(none)) {
      return context.getBeansOfType(WebhookReader.class).values().stream()
          .filter(it -> is(it.profile(), provider, version))
          .findFirst()
          .orElseThrow();
    }
  }

  private static boolean is(ProviderProfile profile, String provider, @Nullable String version) {
    return profile.id().value().equals(provider) && Objects.equals(profile.apiVersion(), version);
  }

  private static AnnotationConfigApplicationContext context(ProviderCalls calls) {
    var context = new AnnotationConfigApplicationContext();
    context.registerBean(ProviderUrls.class, () -> new ProviderUrls(Map.of()));
    context.registerBean(ProviderCalls.class, () -> calls);
    context.register(
        PaystackConfiguration.class,
        FlutterwaveV3Configuration.class,
        FlutterwaveV4Configuration.class,
        FincraConfiguration.class);
    context.refresh();
    return context;
  }
}
