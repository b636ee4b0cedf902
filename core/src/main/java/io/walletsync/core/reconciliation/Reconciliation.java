package io.walletsync.core.reconciliation;

import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.ProviderId;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A statement of the user's books and what became of it. What was expected and what a comparison
 * found never change; how it was settled is written beside them.
 *
 * @param revision 1, 2, 3 … within wallet, moment and reference: each corrects the ones before
 * @param recordedBy the name of the API key
 * @param knownUntil up to when the wallet's balance was known when it was last looked at
 * @param comparison null while it is pending
 * @param settled null while nothing was settled
 * @param correctedBy the one with the next revision
 */
public record Reconciliation(
    UUID id,
    ConnectionId connectionId,
    ProviderId provider,
    ExpectedBalance expected,
    int revision,
    String recordedBy,
    Instant recordedAt,
    State state,
    @Nullable Instant knownUntil,
    @Nullable Comparison comparison,
    @Nullable Settled settled,
    @Nullable UUID correctedBy) {

  /** Where it stands; the names are stored. */
  public enum State {
    /** Not enough is known yet to say anything. */
    PENDING,
    /** Nothing will ever be known about that moment. */
    UNKNOWN,
    /** The provider agrees. */
    AGREED,
    /** It does not. */
    OPEN,
    /** A person lives with the difference. */
    ACCEPTED,
    /** The difference is over, or the statement was corrected before it was compared. */
    RESOLVED;

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Where one stands that was pending; null stands for nothing found yet. */
    public static State after(@Nullable Comparison comparison) {
      if (comparison == null) {
        return PENDING;
      }
      return switch (comparison.verdict()) {
        case AGREES -> AGREED;
        case DIFFERS -> OPEN;
        case UNKNOWN -> UNKNOWN;
      };
    }
  }

  /** What ended it; the names are stored. */
  public enum How {
    /** A person accepted the difference. */
    ACCEPTED,
    /** A person found it resolved. */
    RESOLVED,
    /** At a later moment books and provider agreed. */
    AGREED_LATER,
    /** What was told later shows that the provider agreed within the lag after all. */
    AGREED_AFTER_ALL,
    /** The books were corrected. */
    CORRECTED;

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Where it leaves what it ended. */
    public State state() {
      return this == ACCEPTED ? State.ACCEPTED : State.RESOLVED;
    }
  }

  /**
   * The end of a difference.
   *
   * @param by the name of the API key, or of the part of WalletSync
   * @param note why, where a person did
   * @param through the agreement or correction behind it, where there is one
   */
  public record Settled(
      How how, Instant at, String by, @Nullable String note, @Nullable UUID through) {}

  /** From when on it can be decided: once it was said and the lag is over. */
  public Instant decidableAt() {
    return recordedAt.isAfter(expected.windowEnd()) ? recordedAt : expected.windowEnd();
  }

  /** As it is recorded first. */
  static Reconciliation pending(
      UUID id,
      ConnectionId connection,
      ProviderId provider,
      ExpectedBalance expected,
      int revision,
      String recordedBy,
      Instant recordedAt) {
    return new Reconciliation(
        id,
        connection,
        provider,
        expected,
        revision,
        recordedBy,
        recordedAt,
        State.PENDING,
        null,
        null,
        null,
        null);
  }

  /** A pending one after a look that may have found something. */
  public Reconciliation looked(@Nullable Instant until, @Nullable Comparison found) {
    return with(State.after(found), until, found, settled, correctedBy);
  }

  /** An open one after a look that found more. */
  public Reconciliation foundMore(@Nullable Instant until, Comparison found, String by) {
    return found.verdict() == Comparison.Verdict.AGREES
        ? with(
            State.RESOLVED,
            until,
            found,
            new Settled(How.AGREED_AFTER_ALL, found.comparedAt(), by, null, null),
            correctedBy)
        : with(state, until, found, settled, correctedBy);
  }

  /** After its difference ended. */
  public Reconciliation settled(Settled how) {
    return with(how.how().state(), knownUntil, comparison, how, correctedBy);
  }

  /** After another revision was recorded, which ends what it left undecided. */
  public Reconciliation corrected(Reconciliation by) {
    if (correctedBy != null) {
      return this;
    }
    var ends = state == State.PENDING || state == State.OPEN;
    var end = new Settled(How.CORRECTED, by.recordedAt(), by.recordedBy(), null, by.id());
    return with(
        ends ? State.RESOLVED : state, knownUntil, comparison, ends ? end : settled, by.id());
  }

  /** Whether it was open once. */
  boolean differed() {
    return comparison != null && comparison.verdict() == Comparison.Verdict.DIFFERS;
  }

  /** Whether one of these corrections is its end. */
  boolean isEndedBy(Set<UUID> corrections) {
    return settled != null
        && settled.how() == How.CORRECTED
        && settled.through() != null
        && corrections.contains(settled.through());
  }

  private Reconciliation with(
      State newState,
      @Nullable Instant until,
      @Nullable Comparison newComparison,
      @Nullable Settled newSettled,
      @Nullable UUID newCorrectedBy) {
    return new Reconciliation(
        id,
        connectionId,
        provider,
        expected,
        revision,
        recordedBy,
        recordedAt,
        newState,
        until,
        newComparison,
        newSettled,
        newCorrectedBy);
  }
}
