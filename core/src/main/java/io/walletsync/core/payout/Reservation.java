package io.walletsync.core.payout;

import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.kernel.Text;
import io.walletsync.core.money.Money;
import io.walletsync.core.wallet.WalletId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Money of a wallet that is set aside for one payout, from the yes until it has certainly left or
 * certainly will not leave; immutable. Time alone ends none.
 *
 * @param reference the business's name of the payout, once in a wallet
 * @param expectedBy when it should have ended; later it needs somebody's attention
 * @param examined the newest snapshot whose change was looked at for it
 * @param confirmed null where nobody said yet that the payout was sent
 * @param ended null while the money is set aside
 */
public record Reservation(
    UUID id,
    WalletId walletId,
    String reference,
    Money amount,
    Made made,
    Instant expectedBy,
    long examined,
    @Nullable Confirmed confirmed,
    @Nullable Ended ended) {
  private static final int LONGEST_REFERENCE = 128;

  /** Where it is in its life; the names are stored. */
  public enum State {
    /** Set aside. */
    HELD,
    /** The payout was sent. */
    CONFIRMED,
    /** The payout will not happen: somebody said so. */
    RELEASED,
    /** The money has left: a reading or a movement shows it. */
    COVERED;

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * How it began.
   *
   * @param at by the database's clock, after the wallet was locked
   * @param sequence of the snapshot that it was set aside from
   */
  public record Made(Instant at, String by, long sequence) {}

  /**
   * That the payout was sent.
   *
   * @param movementReference the provider's name of its movement: then nothing else covers it
   */
  public record Confirmed(Instant at, String by, @Nullable String movementReference) {}

  /**
   * The end.
   *
   * @param state released or covered
   * @param sequence covered by a reading: the snapshot whose change shows it; otherwise the newest
   *     snapshot at that time
   * @param movement the key of the movement that shows it; null where none does
   * @param note why, where a person released it
   * @param neverLeft whether the money certainly stayed where it was; otherwise one that was
   *     released may have left and come back
   */
  public record Ended(
      State state,
      Instant at,
      String by,
      long sequence,
      @Nullable String movement,
      @Nullable String note,
      boolean neverLeft) {
    public Ended {
      if (state != State.RELEASED && state != State.COVERED) {
        throw new IllegalArgumentException("a reservation ends released or covered");
      }
    }
  }

  public State state() {
    if (ended != null) {
      return ended.state();
    }
    return confirmed == null ? State.HELD : State.CONFIRMED;
  }

  /** Whether its money is set aside. */
  public boolean isOpen() {
    return ended == null;
  }

  /** Whether somebody should look after it. */
  public boolean isOverdue(Instant now) {
    return isOpen() && now.isAfter(expectedBy);
  }

  /** The names under which the provider may list its movement. */
  String movementName() {
    return confirmed == null || confirmed.movementReference() == null
        ? reference
        : confirmed.movementReference();
  }

  Reservation confirmed(Confirmed how) {
    return new Reservation(id, walletId, reference, amount, made, expectedBy, examined, how, ended);
  }

  Reservation ended(Ended how) {
    return new Reservation(
        id, walletId, reference, amount, made, expectedBy, examined, confirmed, how);
  }

  Reservation examined(long sequence) {
    return new Reservation(
        id, walletId, reference, amount, made, expectedBy, sequence, confirmed, ended);
  }

  /** Returns the amount if it is more than nothing. */
  public static BigDecimal checkedAmount(BigDecimal amount) {
    if (amount.signum() <= 0) {
      throw new InvalidValue("must be more than zero");
    }
    return amount;
  }

  /** Returns the reference if it is one. */
  public static String checkedReference(String reference) {
    return Text.printable(reference, LONGEST_REFERENCE);
  }
}
