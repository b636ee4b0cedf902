package io.walletsync.core.event;

import io.walletsync.core.Examples;
import io.walletsync.core.event.Notice.Concern;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.wallet.ProviderProfile;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads bodies such as {@code type NGN}, {@code type *} and {@code type -}; genuine is whoever
 * sends the secret itself.
 */
final class ScriptedWebhookReader implements WebhookReader {
  final AtomicInteger verified = new AtomicInteger();

  @Override
  public ProviderProfile profile() {
    return Examples.profile(Examples.PAYSTACK);
  }

  @Override
  public boolean isGenuine(Delivery delivery, String secret) {
    verified.incrementAndGet();
    return delivery.header("proof").filter(secret::equals).isPresent();
  }

  @Override
  public Notice read(byte[] body) {
    var parts = new String(body, StandardCharsets.UTF_8).split(" ", 2);
    return new Notice(parts[0], null, ContentKey.ofBody(body), concern(parts[1].strip()));
  }

  private static Concern concern(String text) {
    return switch (text) {
      case "-" -> new Concern.Nothing();
      case "*" -> new Concern.Everything();
      default -> new Concern.Currencies(Set.of(new CurrencyCode(text)));
    };
  }
}
