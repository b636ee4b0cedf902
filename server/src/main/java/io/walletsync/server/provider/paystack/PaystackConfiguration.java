package io.walletsync.server.provider.paystack;

import io.walletsync.core.provider.BalanceProvider;
import io.walletsync.server.provider.ProviderHttp;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Adds Paystack to the providers of this installation. */
@Configuration(proxyBeanMethods = false)
public class PaystackConfiguration {
  @Bean
  BalanceProvider paystack(PaystackSettings settings, InstantSource clock) {
    return new PaystackBalanceProvider(new ProviderHttp(clock), settings.baseUrl());
  }
}
