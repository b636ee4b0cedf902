package io.walletsync.server.mail;

import io.walletsync.core.channel.Sender;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The way to send by e-mail, where the settings name a server. */
@Configuration(proxyBeanMethods = false)
public class MailConfiguration {
  @Bean
  Sender smtpSender(OutgoingMail mail) {
    return new SmtpSender(mail.server(), Duration.ofSeconds(Sender.DEADLINE_SECONDS));
  }
}
