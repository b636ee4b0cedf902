package io.walletsync.core.notification;

import io.walletsync.core.balance.BalanceChange;
import io.walletsync.core.balance.QuarantinedReading;
import io.walletsync.core.balance.WalletBalanceSnapshot;
import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.WalletId;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Something that happened, to be told to whoever wants to know; immutable. */
public sealed interface Notification {
  /** Names it for ever: who gets it twice knows it by this. */
  UUID id();

  Kind kind();

  WalletId walletId();

  ConnectionId connectionId();

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
    static BalanceChanged of(UUID id, BalanceChange change) {
      return new BalanceChanged(
          id, change.wallet().connectionId(), change.previous(), change.snapshot());
    }

    @Override
    public Kind kind() {
      return Kind.BALANCE_CHANGED;
    }

    @Override
    public WalletId walletId() {
      return snapshot.walletId();
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
    public WalletId walletId() {
      return reading.walletId();
    }

    @Override
    public ConnectionId connectionId() {
      return reading.connectionId();
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
    public WalletId walletId() {
      return reading.walletId();
    }

    @Override
    public ConnectionId connectionId() {
      return reading.connectionId();
    }
  }

  /** What can be told of; the codes are stored and sent. */
  enum Kind {
    BALANCE_CHANGED("balance.changed"),
    READING_QUARANTINED("reading.quarantined"),
    READING_SETTLED("reading.settled");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    public String code() {
      return code;
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
