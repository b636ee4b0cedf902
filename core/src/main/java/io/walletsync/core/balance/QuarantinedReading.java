package io.walletsync.core.balance;

import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.WalletId;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A reading that was too strange to be believed: kept, shown, and settled by a later reading or by
 * a person; never a balance until then. A wallet has at most one that is open.
 *
 * @param timesSeen how often the provider said so
 * @param lastSeenAt when it last did
 * @param resolution null while it is open
 */
public record QuarantinedReading(
    UUID readingId,
    WalletId walletId,
    ConnectionId connectionId,
    ProviderId provider,
    Strangeness reason,
    Balance balance,
    @Nullable ExternalBalanceId externalId,
    @Nullable Instant providerTime,
    Instant callStartedAt,
    Instant observedAt,
    Source source,
    Metadata metadata,
    int timesSeen,
    Instant lastSeenAt,
    Instant quarantinedAt,
    @Nullable Resolution resolution) {

  /** How it ended; the names are stored. */
  public enum End {
    /** A later reading said the same, and was recorded. */
    AGREED,
    /** A later reading said something else, and was recorded. */
    CONTRADICTED,
    /** A later reading was strange in another way, and took its place. */
    REPLACED,
    /** A person vouched for it, and it was recorded. */
    RELEASED,
    /** A person dismissed it. */
    REJECTED;

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The end of a doubt.
   *
   * @param by who settled it: the name of the API key, or of the part of WalletSync
   * @param note why, where a person did
   */
  public record Resolution(End end, Instant at, String by, @Nullable String note) {}

  public boolean isOpen() {
    return resolution == null;
  }

  /** Not where it was only seen again, and not where it was over as soon as it was kept. */
  boolean hasJustBegunOrEnded() {
    return resolution == null ? timesSeen == 1 : !resolution.at().equals(quarantinedAt);
  }

  boolean says(Observation observation) {
    return balance.equals(observation.balance());
  }

  QuarantinedReading seenAgain(Observation observation) {
    return with(timesSeen + 1, observation.observedAt(), resolution);
  }

  QuarantinedReading settled(End end, Instant at, String by, @Nullable String note) {
    return with(timesSeen, lastSeenAt, new Resolution(end, at, by, note));
  }

  private QuarantinedReading with(int times, Instant seenAt, @Nullable Resolution newResolution) {
    return new QuarantinedReading(
        readingId,
        walletId,
        connectionId,
        provider,
        reason,
        balance,
        externalId,
        providerTime,
        callStartedAt,
        observedAt,
        source,
        metadata,
        times,
        seenAt,
        quarantinedAt,
        newResolution);
  }
}
