package io.walletsync.server.http.feed;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.walletsync.core.notification.EventFormat;
import io.walletsync.core.notification.Outbox;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The feed, and what its streams share: one follower of the outbox for all of a node. */
@Configuration(proxyBeanMethods = false)
public class FeedConfiguration {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  @Bean
  EventFormat eventFormat(JsonMapper json) {
    return new EventText(json);
  }

  @Bean
  EventQueryReader eventQueryReader(Outbox outbox) {
    return new EventQueryReader(outbox);
  }

  @Bean
  FeedTail feedTail(Outbox outbox, EventFormat format) {
    return new FeedTail(outbox, format, BETWEEN_LOOKS);
  }

  @Bean
  public EventStreams eventStreams(FeedTail tail, OpenStreams limit) {
    return new EventStreams(tail, limit, EventStream.Pace.STANDARD);
  }

  @Bean
  MeterBinder openStreamsGauge(EventStreams streams) {
    return registry ->
        Gauge.builder("walletsync.event.streams.open", streams, EventStreams::open)
            .register(registry);
  }
}
