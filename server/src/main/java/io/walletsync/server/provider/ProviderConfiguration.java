package io.walletsync.server.provider;

import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What all provider adapters share. */
@Configuration(proxyBeanMethods = false)
public class ProviderConfiguration {
  @Bean
  ProviderHttp providerHttp(InstantSource clock) {
    return new ProviderHttp(clock);
  }
}
