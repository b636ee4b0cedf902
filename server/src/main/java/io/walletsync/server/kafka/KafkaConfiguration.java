package io.walletsync.server.kafka;

import io.walletsync.core.notification.EventFormat;
import io.walletsync.core.publishing.EventTopic;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The topic that events go to; only where one is configured. */
@Configuration(proxyBeanMethods = false)
public class KafkaConfiguration {
  @Bean
  EventTopic eventTopic(KafkaAddress address, EventFormat format) {
    return new KafkaEventTopic(address, format);
  }
}
