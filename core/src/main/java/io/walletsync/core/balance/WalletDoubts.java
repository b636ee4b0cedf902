package io.walletsync.core.balance;

import io.walletsync.core.balance.QuarantinedReading.End;
import io.walletsync.core.kernel.Ids;
import io.walletsync.core.wallet.Wallet;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The open doubt of one locked wallet while a batch is recorded, and what becomes of it. */
final class WalletDoubts {
  private final Wallet wallet;
  private final Instant now;
  private final Ids ids;
  private final Map<UUID, QuarantinedReading> changed = new LinkedHashMap<>();
  private @Nullable QuarantinedReading open;

  WalletDoubts(Wallet wallet, Optional<QuarantinedReading> open, Instant now, Ids ids) {
    this.wallet = wallet;
    this.open = open.orElse(null);
    this.now = now;
    this.ids = ids;
  }

  /**
   * Whether a strange reading may be believed.
   *
   * @param named whether the provider's own books name this state, with the same amounts
   */
  boolean isBelieved(Observation observation, Strangeness strangeness, boolean named) {
    if (observation.look() instanceof Look.Accepted) {
      return true;
    }
    return strangeness.isSettledByRepetition()
        && (named || saidTwice(observation) || saidBefore(observation));
  }

  private static boolean saidTwice(Observation observation) {
    return observation.look() instanceof Look.Again(var first, _)
        && first.balance().equals(observation.balance());
  }

  /** By a call of its own, not by the very reading that raised the doubt. */
  private boolean saidBefore(Observation observation) {
    return open != null
        && open.says(observation)
        && observation.callStartedAt().isAfter(open.observedAt());
  }

  QuarantinedReading quarantine(Observation observation, Strangeness reason) {
    keepFirstLook(observation, End.REPLACED);
    if (open != null && open.says(observation) && open.reason() == reason) {
      open = open.seenAgain(observation);
    } else {
      settleOpen(End.REPLACED, "sync", null);
      open = reading(observation, reason);
    }
    changed.put(open.readingId(), open);
    return open;
  }

  /** To be told of each reading that was recorded, or that confirmed what is known. */
  void recorded(Observation observation) {
    keepFirstLook(observation, End.CONTRADICTED);
    if (open == null) {
      return;
    }
    if (observation.look() instanceof Look.Accepted(var note)) {
      settleOpen(End.RELEASED, observation.actor().name(), note);
    } else {
      settleOpen(open.says(observation) ? End.AGREED : End.CONTRADICTED, "sync", null);
    }
  }

  /** A strange first look that the second one did not repeat is kept, not dropped. */
  private void keepFirstLook(Observation observation, End end) {
    if (observation.look() instanceof Look.Again(var first, var reason)
        && !first.balance().equals(observation.balance())) {
      var kept = reading(first, reason).settled(end, now, "sync", null);
      changed.put(kept.readingId(), kept);
    }
  }

  private void settleOpen(End end, String by, @Nullable String note) {
    if (open != null) {
      changed.put(open.readingId(), open.settled(end, now, by, note));
      open = null;
    }
  }

  private QuarantinedReading reading(Observation observation, Strangeness reason) {
    return new QuarantinedReading(
        ids.next(),
        wallet.id(),
        wallet.connectionId(),
        wallet.provider(),
        reason,
        observation.balance(),
        observation.externalId(),
        observation.providerTime(),
        observation.callStartedAt(),
        observation.observedAt(),
        observation.source(),
        observation.metadata(),
        1,
        observation.observedAt(),
        now,
        null);
  }

  Collection<QuarantinedReading> changed() {
    return changed.values();
  }
}
