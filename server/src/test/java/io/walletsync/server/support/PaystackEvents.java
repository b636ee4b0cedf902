package io.walletsync.server.support;

import io.walletsync.core.event.ContentKey;
import io.walletsync.core.event.Delivery;
import io.walletsync.core.event.Notice;
import io.walletsync.core.event.Notice.Concern;
import io.walletsync.core.event.WebhookReader;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.ProviderProfile;
import io.walletsync.core.wallet.ProviderProfiles;
import io.walletsync.server.provider.WebhookProof;
import java.util.Set;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads as much of Paystack's notifications as the tests send, where the application has no reader
 * of its own for them.
 */
@Configuration(proxyBeanMethods = false)
public class PaystackEvents {
  @Bean
  @ConditionalOnMissingBean(name = "paystackWebhooks")
  WebhookReader paystackEventReader(ProviderProfiles profiles) {
    return new Reader(profiles.find(new ProviderId("paystack"), null).orElseThrow());
  }

  private record Reader(ProviderProfile profile) implements WebhookReader {
    @Override
    public boolean isGenuine(Delivery delivery, String secret) {
      return WebhookProof.isHmacHex(
          "HmacSHA512",
          secret,
          delivery.body(),
          delivery.header("x-paystack-signature").orElse(""));
    }

    @Override
    public Notice read(byte[] body) {
      try {
        var json = JsonMapper.shared().readTree(body);
        var type = json.path("event").asString("");
        var currency = json.path("data").path("currency").asString("");
        var concern =
            type.startsWith("customeridentification.")
                ? new Concern.Nothing()
                : currency.isEmpty()
                    ? new Concern.Everything()
                    : new Concern.Currencies(Set.of(new CurrencyCode(currency)));
        return new Notice(
            type, null, ContentKey.of(type, json.path("data").path("id").toString()), concern);
      } catch (RuntimeException _) {
        return new Notice(Notice.UNKNOWN, null, ContentKey.ofBody(body), new Concern.Everything());
      }
    }
  }
}
