package io.walletsync.core.event;

import io.walletsync.core.money.CurrencyCode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a genuine delivery announces. Only a hint: it never changes a balance, it makes us look.
 *
 * @param type the provider's name for it, such as {@code charge.success}; {@link #UNKNOWN} where it
 *     has none or an unprintable one
 * @param eventId the provider's own id of the event, where it gives one
 * @param contentKey the same for each delivery of the event
 * @param concern which wallets of the connection may have changed
 */
public record Notice(
    String type, @Nullable String eventId, ContentKey contentKey, Concern concern) {
  public static final String UNKNOWN = "unknown";

  /** Which wallets may have changed. */
  public sealed interface Concern {
    /** None: the event moves no money. */
    record Nothing() implements Concern {}

    /** Those of these currencies. */
    record Currencies(Set<CurrencyCode> currencies) implements Concern {
      public Currencies {
        currencies = Set.copyOf(currencies);
      }
    }

    /** Any: the event does not say, or we do not know the type. */
    record Everything() implements Concern {}
  }
}
