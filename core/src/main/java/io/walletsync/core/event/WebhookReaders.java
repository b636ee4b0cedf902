package io.walletsync.core.event;

import io.walletsync.core.wallet.Connection;
import io.walletsync.core.wallet.ProviderId;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** All webhook readers of this installation. */
public final class WebhookReaders {
  private final List<WebhookReader> readers;

  public WebhookReaders(Collection<? extends WebhookReader> readers) {
    this.readers = List.copyOf(readers);
    var distinct =
        readers.stream()
            .map(reader -> List.of(reader.profile().id(), "" + reader.profile().apiVersion()))
            .distinct()
            .count();
    if (distinct != readers.size()) {
      throw new IllegalArgumentException("two webhook readers for one provider");
    }
  }

  /** The reader of what the provider of a connection sends; empty where none is known. */
  Optional<WebhookReader> of(Connection connection) {
    return readers.stream()
        .filter(
            reader ->
                reader.profile().id().equals(connection.provider())
                    && Objects.equals(reader.profile().apiVersion(), connection.apiVersion()))
        .findFirst();
  }

  /** Some reader, the provider's own where it has one: to take as long as a real one would. */
  Optional<WebhookReader> like(String provider) {
    return readers.stream()
        .filter(reader -> reader.profile().id().value().equals(provider))
        .findFirst()
        .or(() -> readers.stream().findFirst());
  }

  /** The provider of that name, if any reader reads what it sends. */
  Optional<ProviderId> provider(String name) {
    return readers.stream()
        .map(reader -> reader.profile().id())
        .filter(id -> id.value().equals(name))
        .findFirst();
  }
}
