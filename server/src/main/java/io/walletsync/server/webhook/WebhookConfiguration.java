package io.walletsync.server.webhook;

import io.walletsync.core.channel.Sender;
import io.walletsync.core.channel.TargetRules;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** The ways to send over HTTP. */
@Configuration(proxyBeanMethods = false)
public class WebhookConfiguration {
  @Bean
  HookCalls hookCalls(TargetRules rules, InstantSource clock) {
    return new HookCalls(
        rules,
        SystemDefaultDnsResolver.INSTANCE,
        Duration.ofSeconds(Sender.DEADLINE_SECONDS),
        clock);
  }

  @Bean
  @Order(1)
  Sender webhookSender(HookCalls calls) {
    return new WebhookSender(calls);
  }

  @Bean
  @Order(2)
  Sender slackSender(HookCalls calls) {
    return new SlackSender(calls);
  }
}
