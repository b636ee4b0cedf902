package io.walletsync.core.notification;

import io.walletsync.core.balance.BalanceChange;
import io.walletsync.core.balance.QuarantinedReading;
import io.walletsync.core.balance.WalletBalanceSnapshot;
import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.WalletId;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Something that happened, to be told to whoever wants to know; immutable. */
public sealed interface Notification {
  /** Names it for ever: who gets it twice knows it by this. */
  UUID id();

  Kind kind();

  /** Empty where it is about no wallet in particular. */
  Optional<About> about();

  /** When it was recorded, by the database's clock. */
  Instant occurredAt();

  /**
   * A balance became another one.
   *
   * @param previous null where none was known before
   */
  record BalanceChanged(
      UUID id,
      ConnectionId connectionId,
      @Nullable WalletBalanceSnapshot previous,
      WalletBalanceSnapshot snapshot)
      implements Notification {
    public static BalanceChanged of(UUID id, BalanceChange change) {
      return new BalanceChanged(
          id, change.wallet().connectionId(), change.previous(), change.snapshot());
    }

    @Override
    public Kind kind() {
      return Kind.BALANCE_CHANGED;
    }

    @Override
    public Optional<About> about() {
      return Optional.of(new About(snapshot.walletId(), connectionId));
    }

    @Override
    public Instant occurredAt() {
      return snapshot.createdAt();
    }
  }

  /**
   * A reading is not believed.
   *
   * @param reading as it is when this is listed: what happened to it later is told by another one
   */
  record ReadingQuarantined(UUID id, QuarantinedReading reading) implements Notification {
    @Override
    public Kind kind() {
      return Kind.READING_QUARANTINED;
    }

    @Override
    public Optional<About> about() {
      return Optional.of(new About(reading.walletId(), reading.connectionId()));
    }

    @Override
    public Instant occurredAt() {
      return reading.quarantinedAt();
    }
  }

  /** The doubt about a reading is over. */
  record ReadingSettled(UUID id, QuarantinedReading reading, Instant occurredAt)
      implements Notification {
    @Override
    public Kind kind() {
      return Kind.READING_SETTLED;
    }

    @Override
    public Optional<About> about() {
      return Optional.of(new About(reading.walletId(), reading.connectionId()));
    }
  }

  /**
   * Something that no other table keeps as it was, so it brings its facts along.
   *
   * @param facts texts by name, null for what is unknown; never secrets
   */
  record Occurrence(
      UUID id,
      Kind kind,
      Optional<About> about,
      Instant occurredAt,
      SortedMap<String, @Nullable String> facts)
      implements Notification {
    // spelled out: javac leaves the null marks of a compact constructor out of the class file
    public Occurrence(
        UUID id,
        Kind kind,
        Optional<About> about,
        Instant occurredAt,
        SortedMap<String, @Nullable String> facts) {
      if (!kind.isOccurrence()) {
        throw new IllegalArgumentException(kind.code() + " has a form of its own");
      }
      this.id = id;
      this.kind = kind;
      this.about = about;
      this.occurredAt = occurredAt;
      this.facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }
  }

  /** A wallet that something is about, and its connection: who may not see that does not get it. */
  record About(WalletId wallet, ConnectionId connection) {}

  /** What can be told of; the codes are stored and sent. */
  enum Kind {
    BALANCE_CHANGED("balance.changed"),
    READING_QUARANTINED("reading.quarantined"),
    READING_SETTLED("reading.settled"),
    SYNC_FAILING("sync.failing"),
    SYNC_RECOVERED("sync.recovered"),
    RECONCILIATION_DIFFERS("reconciliation.differs"),
    RECONCILIATION_SETTLED("reconciliation.settled"),
    ALERT_OPENED("alert.opened"),
    ALERT_RESOLVED("alert.resolved");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }

    /** Whether its facts are told by an {@link Occurrence}. */
    public boolean isOccurrence() {
      return switch (this) {
        case BALANCE_CHANGED, READING_QUARANTINED, READING_SETTLED -> false;
        case SYNC_FAILING,
            SYNC_RECOVERED,
            RECONCILIATION_DIFFERS,
            RECONCILIATION_SETTLED,
            ALERT_OPENED,
            ALERT_RESOLVED ->
            true;
      };
    }

    /** The kind of that code, or {@link InvalidValue}. */
    public static Kind of(String code) {
      return Arrays.stream(values())
          .filter(kind -> kind.code.equals(code))
          .findFirst()
          .orElseThrow(
              () ->
                  new InvalidValue(
                      "must be some of "
                          + Arrays.stream(values())
                              .map(Kind::code)
                              .collect(Collectors.joining(", "))
                          + ", separated by commas"));
    }
  }
}
