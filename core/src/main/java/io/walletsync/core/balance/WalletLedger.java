package io.walletsync.core.balance;

import io.walletsync.core.balance.BalanceSnapshots.WalletBalance;
import io.walletsync.core.balance.Recorded.Verdict;
import io.walletsync.core.kernel.Ids;
import io.walletsync.core.kernel.RequestKey;
import io.walletsync.core.wallet.Wallet;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One locked wallet while a batch is recorded: what is known of it, and what the batch adds. Holds
 * the rules of identity, order and time.
 */
final class WalletLedger {
  private final WalletBalance wallet;
  private final Instant now;
  private final Ids ids;
  private final Map<ExternalBalanceId, WalletBalanceSnapshot> byExternalId = new HashMap<>();
  private final Set<RequestKey> usedKeys = new HashSet<>();
  private final List<BalanceChange> changes = new ArrayList<>();
  private final List<LateReading> late = new ArrayList<>();
  private final WalletDoubts doubts;
  private @Nullable LatestBalance latest;

  WalletLedger(WalletBalance wallet, Instant now, Ids ids) {
    this.wallet = wallet;
    this.now = now;
    this.ids = ids;
    this.doubts = new WalletDoubts(wallet.wallet(), wallet.doubt(), now, ids);
    this.latest = wallet.latest().orElse(null);
    if (latest != null) {
      remember(latest.snapshot());
    }
  }

  void remember(WalletBalanceSnapshot snapshot) {
    if (snapshot.externalId() != null) {
      byExternalId.put(snapshot.externalId(), snapshot);
    }
    if (snapshot.requestKey() != null) {
      usedKeys.add(snapshot.requestKey());
    }
  }

  Recorded judge(Observation observation) {
    if (wallet.wallet().isClosed()) {
      return new Recorded.WalletClosed();
    }
    if (latest == null) {
      var strangeness = strangeness(observation, null, observation.externalId() != null);
      return strangeness == null
          ? create(observation, observation.externalId(), false)
          : doubt(observation, strangeness);
    }
    var current = latest.snapshot();
    if (observation.callStartedAt().isBefore(latest.confirmedByCallStartedAt())) {
      late.add(LateReading.outdatedBy(latest, ids.next(), observation, now));
      return answer(Verdict.SUPERSEDED, latest, false);
    }
    var externalId = observation.externalId();
    var known = externalId == null ? null : byExternalId.get(externalId);
    var conflict = known != null && !known.balance().equals(observation.balance());
    // An old state is old news only where the current state has a name too: without one nothing
    // says which of the two the provider means, and refusing could hide a real change for ever.
    if (known != null
        && !conflict
        && known.sequence() != current.sequence()
        && current.externalId() != null
        && !isNewer(known, current)) {
      return answer(Verdict.DUPLICATE, latest, false);
    }
    if (observation.balance().equals(current.balance())) {
      latest = latest.confirmedBy(observation);
      doubts.recorded(observation);
      return answer(Verdict.UNCHANGED, latest, conflict);
    }
    var requestKey = observation.requestKey();
    if (requestKey != null && usedKeys.contains(requestKey)) {
      return answer(Verdict.DUPLICATE, latest, conflict);
    }
    var named = externalId != null && known == null;
    var strangeness = strangeness(observation, current.balance(), named);
    return strangeness == null
        ? create(observation, named ? externalId : null, conflict)
        : doubt(observation, strangeness);
  }

  /** Why the reading is not to be believed, or null where it is. */
  private @Nullable Strangeness strangeness(
      Observation observation, @Nullable Balance before, boolean named) {
    var strangeness = Strangeness.of(observation.balance(), before);
    return strangeness == null || doubts.isBelieved(observation, strangeness, named)
        ? null
        : strangeness;
  }

  private Recorded doubt(Observation observation, Strangeness strangeness) {
    if (observation.look() instanceof Look.First) {
      return new Recorded.Strange(strangeness);
    }
    var reading = doubts.quarantine(observation, strangeness);
    return new Recorded.Quarantined(
        reading, latest == null ? null : answer(Verdict.QUARANTINED, latest, false));
  }

  /** By the provider's own times: then it is the current state that was the old news. */
  private static boolean isNewer(WalletBalanceSnapshot known, WalletBalanceSnapshot current) {
    return known.providerTime() != null
        && current.providerTime() != null
        && known.providerTime().isAfter(current.providerTime());
  }

  private Recorded create(
      Observation observation, @Nullable ExternalBalanceId externalId, boolean conflict) {
    var snapshot =
        new WalletBalanceSnapshot(
            ids.next(),
            observation.wallet(),
            latest == null ? 1 : latest.snapshot().sequence() + 1,
            wallet.wallet().provider(),
            observation.balance(),
            externalId,
            asOf(observation),
            observation.providerTime(),
            observation.callStartedAt(),
            observation.observedAt(),
            observation.source(),
            observation.requestKey(),
            observation.metadata(),
            now);
    changes.add(
        new BalanceChange(wallet.wallet(), latest == null ? null : latest.snapshot(), snapshot));
    remember(snapshot);
    latest = LatestBalance.firstSeen(snapshot);
    doubts.recorded(observation);
    return answer(Verdict.CREATED, latest, conflict);
  }

  /** The provider's time where it lies between the previous state and the reply, else ours. */
  private Instant asOf(Observation observation) {
    var providerTime = observation.providerTime();
    var observedAt = observation.observedAt();
    if (latest == null) {
      return providerTime == null || providerTime.isAfter(observedAt) ? observedAt : providerTime;
    }
    var previous = latest.snapshot().asOf();
    if (providerTime != null
        && providerTime.isAfter(previous)
        && !providerTime.isAfter(observedAt)) {
      return providerTime;
    }
    return observedAt.isAfter(previous) ? observedAt : previous.plus(1, ChronoUnit.MICROS);
  }

  private static Recorded.Answer answer(Verdict verdict, LatestBalance latest, boolean conflict) {
    return new Recorded.Answer(verdict, latest.snapshot(), latest.confirmedAt(), conflict);
  }

  Wallet wallet() {
    return wallet.wallet();
  }

  Collection<QuarantinedReading> changedDoubts() {
    return doubts.changed();
  }

  List<BalanceChange> changes() {
    return changes;
  }

  List<LateReading> late() {
    return late;
  }

  /** The newest balance, if the batch moved it. */
  @Nullable LatestBalance movedLatest() {
    return latest == null || latest.equals(wallet.latest().orElse(null)) ? null : latest;
  }
}
