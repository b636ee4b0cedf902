package io.walletsync.core.balance;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of an observation. */
public sealed interface Recorded {
  /** What to say to whoever waits, where there is something to say. */
  default Optional<Answer> toAnswer() {
    return switch (this) {
      case Answer answer -> Optional.of(answer);
      case Quarantined(_, var answer) -> Optional.ofNullable(answer);
      case Strange _, WalletClosed _, TakenOver _ -> Optional.empty();
    };
  }

  /**
   * It was judged against the wallet's newest snapshot.
   *
   * @param snapshot the newest snapshot now
   * @param externalIdConflict whether its external id was known with another amount
   */
  record Answer(
      Verdict verdict,
      WalletBalanceSnapshot snapshot,
      Instant confirmedAt,
      boolean externalIdConflict)
      implements Recorded {}

  /**
   * It is too strange to be believed: kept aside, and what was known before stands.
   *
   * @param answer what to say to whoever waits; null where nothing was known before, so that there
   *     is nothing to say
   */
  record Quarantined(QuarantinedReading reading, @Nullable Answer answer) implements Recorded {}

  /** It is strange and was looked at once only; nothing was recorded. */
  record Strange(Strangeness reason) implements Recorded {}

  /** The wallet was closed meanwhile; nothing was recorded. */
  record WalletClosed() implements Recorded {}

  /** What it was to settle was taken over by another worker; nothing was recorded. */
  record TakenOver() implements Recorded {}

  /** How an observation relates to what was known. */
  enum Verdict {
    /** A new state: a snapshot was made. */
    CREATED,
    /** The same balance: no snapshot, its confirmation moved. */
    UNCHANGED,
    /** An old state, or a request that already made its snapshot: nothing moved. */
    DUPLICATE,
    /** Its call started before the one behind the newest snapshot: kept aside. */
    SUPERSEDED,
    /** Too strange to be believed: kept aside, nothing moved. */
    QUARANTINED;

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
