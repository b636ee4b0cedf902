package io.walletsync.server.config;

import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.notification.Bookmarks;
import io.walletsync.core.notification.Outbox;
import io.walletsync.core.publishing.EventTopic;
import io.walletsync.core.publishing.MeasurePublishLag;
import io.walletsync.core.publishing.PublishEvents;
import io.walletsync.core.publishing.PublishObserver;
import io.walletsync.server.kafka.KafkaAddress;
import io.walletsync.server.kafka.KafkaConfiguration;
import io.walletsync.server.schedule.EventPublishing;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Publishing to a broker, only where one is configured. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(PublishConfiguration.ENABLED)
@Import(KafkaConfiguration.class)
class PublishConfiguration {
  static final String ENABLED = "walletsync.kafka.enabled";

  /** What a round may take at most, and as much again: only a dead node is ever taken over. */
  private static final Duration LEASE = Duration.ofSeconds(35);

  @Bean
  KafkaAddress kafkaAddress(Settings settings) {
    return settings.publishing().orElseThrow().address();
  }

  @Bean
  MeasurePublishLag measurePublishLag(Outbox outbox, Bookmarks bookmarks, InstantSource clock) {
    return new MeasurePublishLag(outbox, bookmarks, clock);
  }

  @Bean
  PublishEvents publishEvents(
      Outbox outbox,
      Bookmarks bookmarks,
      EventTopic topic,
      Transactions transactions,
      PublishObserver observer,
      Settings settings) {
    var start = settings.publishing().orElseThrow().start();
    return new PublishEvents(outbox, bookmarks, topic, transactions, observer, start, LEASE);
  }

  @Bean
  EventPublishing eventPublishing(PublishEvents publishEvents) {
    return new EventPublishing(publishEvents);
  }
}
