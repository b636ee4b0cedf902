package io.walletsync.core.event;

import io.walletsync.core.event.EventObserver.Delivered;
import io.walletsync.core.event.Notice.Concern;
import io.walletsync.core.event.RefusedDeliveries.Source;
import io.walletsync.core.kernel.Ids;
import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.kernel.Text;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.Connections.OpenConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Use case: keep what a provider announces, once. Whoever cannot prove to be the provider learns
 * nothing, not even whether the connection exists.
 */
public final class ReceiveProviderEvent {
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final UUID NO_CONNECTION = new UUID(0, 0);
  private static final String DUMMY_SECRET = "nobody signs with this";
  private static final Duration UNTIL_THERE_MAY_BE_ROOM = Duration.ofMinutes(1);
  private static final int LONGEST_TYPE = 128;
  private static final int LONGEST_ID = 256;

  private final WebhookReaders readers;
  private final Connections connections;
  private final ProviderEvents events;
  private final EventLanes lanes;
  private final InboxCap cap;
  private final RefusedDeliveries refused;
  private final Transactions transactions;
  private final Ids ids;
  private final EventObserver observer;

  public ReceiveProviderEvent(
      WebhookReaders readers,
      Connections connections,
      ProviderEvents events,
      EventLanes lanes,
      InboxCap cap,
      RefusedDeliveries refused,
      Transactions transactions,
      Ids ids,
      EventObserver observer) {
    this.readers = readers;
    this.connections = connections;
    this.events = events;
    this.lanes = lanes;
    this.cap = cap;
    this.refused = refused;
    this.transactions = transactions;
    this.ids = ids;
    this.observer = observer;
  }

  /** Returns after everything is committed, so that nothing that was acknowledged gets lost. */
  public Outcome receive(Command command) {
    var provider = readers.provider(command.provider()).orElse(null);
    var delivery = command.delivery();
    if (delivery == null) {
      observer.delivered(provider, Delivered.TOO_LARGE);
      return new Outcome.TooLarge();
    }
    var source = new Source(command.address(), command.connection());
    var wait = refused.wait(source);
    if (wait.isPresent()) {
      observer.delivered(provider, Delivered.LIMITED);
      return new Outcome.RefusedTooOften(wait.get());
    }
    var genuine = genuine(command, delivery);
    if (genuine.isEmpty()) {
      refused.add(source);
      observer.delivered(provider, Delivered.REFUSED);
      return new Outcome.NotGenuine();
    }
    return keep(genuine.get(), delivery);
  }

  /** Does the same work whatever is wrong, as far as that can be. */
  private Optional<Genuine> genuine(Command command, Delivery delivery) {
    var id = new ConnectionId(uuid(command.connection()).orElse(NO_CONNECTION));
    var open =
        connections
            .open(id)
            .filter(it -> it.connection().provider().value().equals(command.provider()));
    var reader = open.flatMap(it -> readers.of(it.connection()));
    if (open.isEmpty() || reader.isEmpty()) {
      var _ = readers.like(command.provider()).map(it -> it.isGenuine(delivery, DUMMY_SECRET));
      var _ = connections.retiredWebhookSecrets(id);
      return Optional.empty();
    }
    return isProved(reader.get(), open.get(), delivery)
        ? Optional.of(new Genuine(open.get(), reader.get()))
        : Optional.empty();
  }

  /** By the secret of today, or by one that was replaced a short while ago. */
  private boolean isProved(WebhookReader reader, OpenConnection open, Delivery delivery) {
    var secret = open.credentials().get(reader.profile().credentials().webhookSecret());
    return reader.isGenuine(delivery, secret)
        || connections.retiredWebhookSecrets(open.connection().id()).stream()
            .anyMatch(retired -> reader.isGenuine(delivery, retired));
  }

  private Outcome keep(Genuine genuine, Delivery delivery) {
    var connection = genuine.open().connection();
    if (!cap.hasRoom(connection.id(), delivery.body().length)) {
      transactions.inTransaction(
          () -> {
            lanes.hint(connection.id());
            return connection;
          });
      observer.delivered(connection.provider(), Delivered.INBOX_FULL);
      return new Outcome.InboxFull(UNTIL_THERE_MAY_BE_ROOM);
    }
    var notice = storable(genuine.reader().read(delivery.body()));
    var arrival =
        new ProviderEvents.Arrival(
            ids.next(), connection.id(), connection.provider(), notice, delivery.body());
    if (!transactions.inTransaction(() -> events.add(arrival))) {
      observer.delivered(connection.provider(), Delivered.DUPLICATE);
      return new Outcome.Duplicate();
    }
    cap.stored(connection.id(), delivery.body().length);
    observer.delivered(
        connection.provider(),
        notice.concern() instanceof Concern.Nothing ? Delivered.IGNORED : Delivered.ACCEPTED);
    return new Outcome.Accepted();
  }

  /** What a provider calls its events is kept only where it is short and printable. */
  static Notice storable(Notice notice) {
    var type = printable(notice.type(), LONGEST_TYPE);
    var eventId = notice.eventId();
    return new Notice(
        type == null ? Notice.UNKNOWN : type,
        eventId == null ? null : printable(eventId, LONGEST_ID),
        notice.contentKey(),
        notice.concern());
  }

  private static @Nullable String printable(String text, int longest) {
    try {
      return Text.printable(text, longest);
    } catch (InvalidValue _) {
      return null;
    }
  }

  /** Reads strictly: the JDK's own reader takes {@code 1-1-1-1-1} for one. */
  static Optional<UUID> uuid(String text) {
    return UUID_TEXT.matcher(text).matches()
        ? Optional.of(UUID.fromString(text))
        : Optional.empty();
  }

  private record Genuine(OpenConnection open, WebhookReader reader) {}

  /**
   * What somebody sent to the address of a connection.
   *
   * @param provider as the address names it
   * @param connection as the address names it
   * @param address where it came from
   * @param delivery null where its body was too large to be read
   */
  public record Command(
      String provider, String connection, String address, @Nullable Delivery delivery) {}

  /** What came of it. */
  public sealed interface Outcome {
    /** Stored and committed. */
    record Accepted() implements Outcome {}

    /** Stored and committed before. */
    record Duplicate() implements Outcome {}

    /** Anything but the provider of an open connection. */
    record NotGenuine() implements Outcome {}

    /** Not looked at: too many from there were no genuine ones. */
    record RefusedTooOften(Duration retryAfter) implements Outcome {}

    /** Genuine, but not stored; a sync is due all the same. */
    record InboxFull(Duration retryAfter) implements Outcome {}

    record TooLarge() implements Outcome {}
  }
}
