package io.walletsync.server.config;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.walletsync.core.access.EnsureBootstrapKey;
import io.walletsync.core.access.FailedAuthentications;
import io.walletsync.core.audit.AuditTrail;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.event.RefusedDeliveries;
import io.walletsync.core.kernel.Ids;
import io.walletsync.core.sync.AbandonedClaims;
import io.walletsync.server.http.HttpConfiguration;
import io.walletsync.server.http.feed.OpenStreams;
import io.walletsync.server.mail.MailConfiguration;
import io.walletsync.server.metrics.MetricsConfiguration;
import io.walletsync.server.postgres.PostgresConfiguration;
import io.walletsync.server.provider.CallConfiguration;
import io.walletsync.server.provider.ProviderConfiguration;
import io.walletsync.server.provider.ProviderUrls;
import io.walletsync.server.provider.fincra.FincraConfiguration;
import io.walletsync.server.provider.flutterwave.v3.FlutterwaveV3Configuration;
import io.walletsync.server.provider.flutterwave.v4.FlutterwaveV4Configuration;
import io.walletsync.server.provider.paystack.PaystackConfiguration;
import io.walletsync.server.webhook.WebhookConfiguration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The application: which parts there are, and what they stand on. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = ErrorMvcAutoConfiguration.class) // problems, not error pages
@Import({
  PostgresConfiguration.class,
  ProviderConfiguration.class,
  CallConfiguration.class,
  PaystackConfiguration.class,
  FincraConfiguration.class,
  FlutterwaveV3Configuration.class,
  FlutterwaveV4Configuration.class,
  MetricsConfiguration.class,
  HttpConfiguration.class,
  AccessConfiguration.class,
  UseCaseConfiguration.class,
  AnalyticsConfiguration.class,
  EventConfiguration.class,
  ScheduleConfiguration.class,
  RetentionConfiguration.class,
  BulkConfiguration.class,
  MovementConfiguration.class,
  ReconciliationConfiguration.class,
  PublishConfiguration.class,
  AlertConfiguration.class,
  PayoutConfiguration.class,
  WebhookConfiguration.class,
  MailConfiguration.class,
  NotificationConfiguration.class
})
public class ApplicationConfiguration {
  private static final Logger LOG = LoggerFactory.getLogger(ApplicationConfiguration.class);
  private static final int POOL_SIZE = 16;

  /**
   * The pool. A database that hangs must cost a request seconds, not minutes, and must leave no
   * lock behind: the server gives up a statement first, then the driver, and a session that went
   * silent inside a transaction is ended.
   */
  @Bean
  HikariDataSource dataSource(Database database) {
    var address = database.application();
    var config = new HikariConfig();
    config.setPoolName("walletsync");
    config.setJdbcUrl(address.jdbcUrl());
    config.setUsername(address.user());
    config.setPassword(address.password());
    config.setMaximumPoolSize(POOL_SIZE);
    config.setConnectionTimeout(3_000);
    config.setValidationTimeout(2_000);
    config.setKeepaliveTime(60_000);
    // plans are kept by connections: none shall outlive what it was made for by much
    config.setMaxLifetime(300_000);
    config.addDataSourceProperty("ApplicationName", "walletsync");
    config.addDataSourceProperty("connectTimeout", "3");
    config.addDataSourceProperty("socketTimeout", "6");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    // said by each connection itself: as "options" they would lose against those of the URL
    config.setConnectionInitSql(
        "set statement_timeout = '5s'; set lock_timeout = '4s';"
            + " set idle_in_transaction_session_timeout = '10s'; set timezone = 'UTC';"
            // a plan that was made for a table of ten rows, and kept, would read all of a million
            + " set enable_seqscan = off; set jit = off");
    return new HikariDataSource(config);
  }

  @Bean
  Ids ids() {
    return new TimeOrderedIds();
  }

  @Bean
  Auditor auditor(AuditTrail trail, Ids ids, InstantSource clock) {
    return new Auditor(trail, ids, clock);
  }

  @Bean
  Housekeeping housekeeping(
      FailedAuthentications failures,
      AbandonedClaims abandonedClaims,
      RefusedDeliveries refusedDeliveries) {
    return new Housekeeping(failures, abandonedClaims, refusedDeliveries);
  }

  @Bean
  ClockHealth clockHealthIndicator(JdbcClient jdbc, InstantSource clock) {
    return new ClockHealth(jdbc, clock);
  }

  /** The first API key, there before the first request. */
  @Bean
  InitializingBean bootstrapKey(Settings settings, EnsureBootstrapKey ensureBootstrapKey) {
    return () ->
        settings
            .bootstrapKey()
            .ifPresent(
                key -> {
                  var outcome =
                      ensureBootstrapKey.ensure(
                          new EnsureBootstrapKey.Command(key.keyId(), key.secret()));
                  LOG.info("Bootstrap key {}: {}", key.keyId(), outcome);
                });
  }

  @Bean
  ProviderUrls providerUrls(Settings settings) {
    return settings.providerUrls();
  }

  @Bean
  OpenStreams openStreams(Settings settings) {
    return new OpenStreams(settings.eventStreams());
  }
}
