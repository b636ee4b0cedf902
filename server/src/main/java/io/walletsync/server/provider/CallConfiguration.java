package io.walletsync.server.provider;

import io.micrometer.core.instrument.MeterRegistry;
import io.walletsync.core.provider.CallAllowances;
import io.walletsync.core.wallet.ProviderProfiles;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Puts the guard before the transport, so that no adapter calls without it. */
@Configuration(proxyBeanMethods = false)
public class CallConfiguration {
  @Bean
  @Primary
  ProviderCalls guardedCalls(
      ProviderHttp http,
      ObjectProvider<ProviderProfiles> profiles,
      CallAllowances allowances,
      MeterRegistry registry) {
    return new GuardedCalls(
        http,
        // asked when a call is made, for the adapters need the calls before
        connection -> profiles.getObject().budget(connection),
        allowances,
        new CallMeters(registry),
        CallRules.STANDARD);
  }
}
