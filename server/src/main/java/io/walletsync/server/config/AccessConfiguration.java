package io.walletsync.server.config;

import io.walletsync.core.access.ApiKeys;
import io.walletsync.core.access.AuthenticateRequest;
import io.walletsync.core.access.AuthorizeCaller;
import io.walletsync.core.access.CreateApiKey;
import io.walletsync.core.access.EnsureBootstrapKey;
import io.walletsync.core.access.FailedAuthentications;
import io.walletsync.core.access.Nonces;
import io.walletsync.core.access.RecheckCaller;
import io.walletsync.core.access.RevokeApiKey;
import io.walletsync.core.access.RotateApiKey;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.kernel.Ids;
import io.walletsync.core.kernel.Transactions;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The use cases of who may call. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {
  @Bean
  FailedAuthentications failedAuthentications(
      Auditor auditor, Transactions transactions, InstantSource clock) {
    return new FailedAuthentications(auditor, transactions, clock);
  }

  @Bean
  AuthenticateRequest authenticateRequest(
      ApiKeys keys, FailedAuthentications failures, InstantSource clock) {
    return new AuthenticateRequest(keys, failures, clock);
  }

  @Bean
  AuthorizeCaller authorizeCaller(Nonces nonces, FailedAuthentications failures) {
    return new AuthorizeCaller(nonces, failures);
  }

  @Bean
  RecheckCaller recheckCaller(ApiKeys keys) {
    return new RecheckCaller(keys);
  }

  @Bean
  CreateApiKey createApiKey(
      ApiKeys keys, Auditor auditor, Transactions transactions, Ids ids, InstantSource clock) {
    return new CreateApiKey(keys, auditor, transactions, ids, clock);
  }

  @Bean
  RotateApiKey rotateApiKey(
      ApiKeys keys, Auditor auditor, Transactions transactions, InstantSource clock) {
    return new RotateApiKey(keys, auditor, transactions, clock);
  }

  @Bean
  RevokeApiKey revokeApiKey(
      ApiKeys keys, Auditor auditor, Transactions transactions, InstantSource clock) {
    return new RevokeApiKey(keys, auditor, transactions, clock);
  }

  @Bean
  EnsureBootstrapKey ensureBootstrapKey(
      ApiKeys keys, Auditor auditor, Transactions transactions, Ids ids, InstantSource clock) {
    return new EnsureBootstrapKey(keys, auditor, transactions, ids, clock);
  }
}
