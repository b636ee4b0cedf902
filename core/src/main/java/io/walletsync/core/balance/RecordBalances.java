package io.walletsync.core.balance;

import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.balance.BalanceSnapshots.LockedWallets;
import io.walletsync.core.kernel.Ids;
import io.walletsync.core.kernel.RequestKey;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.wallet.WalletId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of balances. Judges observations one after the other under their wallets' locks,
 * and writes snapshots, audit entries and the answers of waiting requests in one transaction.
 */
public final class RecordBalances implements Recording {
  private final BalanceSnapshots snapshots;
  private final QuarantinedReadings quarantine;
  private final Settlement settlement;
  private final List<BalanceListener> listeners;
  private final Transactions transactions;
  private final Auditor auditor;
  private final Ids ids;

  public RecordBalances(
      BalanceSnapshots snapshots,
      QuarantinedReadings quarantine,
      Settlement settlement,
      List<BalanceListener> listeners,
      Transactions transactions,
      Auditor auditor,
      Ids ids) {
    this.snapshots = snapshots;
    this.quarantine = quarantine;
    this.settlement = settlement;
    this.listeners = List.copyOf(listeners);
    this.transactions = transactions;
    this.auditor = auditor;
    this.ids = ids;
  }

  @Override
  public List<Recorded> record(List<Observation> observations) {
    return transactions.inTransaction(
        () -> {
          var recorded = recordInTransaction(observations, snapshots::lock);
          return recorded.stream().map(Optional::orElseThrow).toList();
        });
  }

  /**
   * Like {@link #record}, and waits for no lock on a wallet: empty, and nothing recorded, for
   * observations of wallets that somebody else has locked.
   */
  List<Optional<Recorded>> recordFree(List<Observation> observations) {
    return transactions.inTransaction(() -> recordInTransaction(observations, snapshots::lockFree));
  }

  private List<Optional<Recorded>> recordInTransaction(
      List<Observation> all, Function<SequencedSet<WalletId>, LockedWallets> lock) {
    // wallets in the order of their ids, then what is settled with them: whoever locks both keeps
    // to that, so no two writers wait in a ring
    var locked =
        lock.apply(
            new LinkedHashSet<>(
                all.stream().map(Observation::wallet).distinct().sorted().toList()));
    var observations = all.stream().filter(it -> locked.byId().containsKey(it.wallet())).toList();
    var held =
        settlement.stillHeld(
            observations.stream().map(Observation::completion).filter(Objects::nonNull).toList());
    var ledgers = ledgers(observations, locked);
    var recorded = new ArrayList<Recorded>(observations.size());
    for (var observation : observations) {
      var completion = observation.completion();
      if (completion != null && !held.contains(completion)) {
        recorded.add(new Recorded.TakenOver());
      } else {
        recorded.add(Objects.requireNonNull(ledgers.get(observation.wallet())).judge(observation));
      }
    }
    write(ledgers.values());
    auditor.append(auditEntries(observations, recorded, ledgers));
    settle(observations, recorded);
    var inOrder = recorded.iterator();
    return all.stream()
        .map(
            it ->
                locked.byId().containsKey(it.wallet())
                    ? Optional.of(inOrder.next())
                    : Optional.<Recorded>empty())
        .toList();
  }

  private Map<WalletId, WalletLedger> ledgers(
      List<Observation> observations, LockedWallets locked) {
    var ledgers = new HashMap<WalletId, WalletLedger>();
    locked
        .byId()
        .forEach((id, wallet) -> ledgers.put(id, new WalletLedger(wallet, locked.lockedAt(), ids)));
    var externalIds = new HashMap<WalletId, Set<ExternalBalanceId>>();
    var requestKeys = new HashMap<WalletId, Set<RequestKey>>();
    for (var observation : observations) {
      var wallet = observation.wallet();
      if (observation.externalId() != null) {
        externalIds.computeIfAbsent(wallet, _ -> new HashSet<>()).add(observation.externalId());
      }
      var requestKey = observation.requestKey();
      if (requestKey != null) {
        requestKeys.computeIfAbsent(wallet, _ -> new HashSet<>()).add(requestKey);
      }
    }
    if (!externalIds.isEmpty()) {
      remember(ledgers, snapshots.findByExternalId(externalIds));
    }
    if (!requestKeys.isEmpty()) {
      remember(ledgers, snapshots.findByRequestKey(requestKeys));
    }
    return ledgers;
  }

  private static void remember(
      Map<WalletId, WalletLedger> ledgers, List<WalletBalanceSnapshot> known) {
    for (var snapshot : known) {
      var ledger = ledgers.get(snapshot.walletId());
      if (ledger != null) {
        ledger.remember(snapshot);
      }
    }
  }

  private void write(Collection<WalletLedger> ledgers) {
    var changes = ledgers.stream().flatMap(ledger -> ledger.changes().stream()).toList();
    var moved = ledgers.stream().map(WalletLedger::movedLatest).filter(Objects::nonNull).toList();
    var late = ledgers.stream().flatMap(ledger -> ledger.late().stream()).toList();
    if (!changes.isEmpty()) {
      snapshots.append(changes.stream().map(BalanceChange::snapshot).toList());
    }
    if (!moved.isEmpty()) {
      snapshots.setLatest(moved);
    }
    if (!late.isEmpty()) {
      snapshots.appendLate(late);
    }
    if (!changes.isEmpty()) {
      listeners.forEach(listener -> listener.onChange(changes));
    }
    saveDoubts(ledgers.stream().flatMap(ledger -> ledger.changedDoubts().stream()).toList());
  }

  /** Saves doubts of locked wallets that changed, and tells of those that began or ended. */
  void saveDoubts(List<QuarantinedReading> doubts) {
    if (doubts.isEmpty()) {
      return;
    }
    quarantine.save(doubts);
    var told = doubts.stream().filter(QuarantinedReading::hasJustBegunOrEnded).toList();
    if (!told.isEmpty()) {
      listeners.forEach(listener -> listener.onDoubt(told));
    }
  }

  /** Every change, every doubt, and everything that somebody asked for. */
  private List<AuditEntry> auditEntries(
      List<Observation> observations,
      List<Recorded> recorded,
      Map<WalletId, WalletLedger> ledgers) {
    var entries = new ArrayList<AuditEntry>();
    for (var i = 0; i < observations.size(); i++) {
      var observation = observations.get(i);
      var outcome = recorded.get(i);
      if (isWorthAnEntry(observation, outcome)) {
        var ledger = Objects.requireNonNull(ledgers.get(observation.wallet()));
        entries.add(auditEntry(observation, outcome, ledger));
      }
    }
    return entries;
  }

  private static boolean isWorthAnEntry(Observation observation, Recorded outcome) {
    return switch (outcome) {
      case Recorded.Answer answer ->
          observation.source() == Source.API || answer.verdict() == Recorded.Verdict.CREATED;
      case Recorded.Quarantined _ -> true;
      case Recorded.Strange _, Recorded.WalletClosed _, Recorded.TakenOver _ -> false;
    };
  }

  private AuditEntry auditEntry(Observation observation, Recorded outcome, WalletLedger ledger) {
    var answer = outcome.toAnswer().orElse(null);
    var snapshot = answer == null ? null : answer.snapshot();
    var requestKey = observation.requestKey();
    var facts =
        AuditEntry.facts(
            "wallet_id", observation.wallet().toString(),
            "provider", ledger.wallet().provider().value(),
            "balance", observation.balance().available().toDecimalString(),
            "currency", observation.balance().currency().value(),
            "external_balance_id", text(observation.externalId()),
            "idempotency_key", requestKey == null ? null : requestKey.key().value(),
            "user_id", observation.claimedUserId(),
            "source", observation.source().name().toLowerCase(Locale.ROOT),
            "snapshot_id", snapshot == null ? null : snapshot.snapshotId().toString(),
            "sequence", snapshot == null ? null : Long.toString(snapshot.sequence()));
    if (outcome instanceof Recorded.Quarantined(var reading, _)) {
      facts.put("reason", reading.reason().code());
      facts.put("reading_id", reading.readingId().toString());
    }
    return auditor.entry(
        observation.actor(),
        "sync_balance",
        "wallet_balance_snapshot",
        observation.wallet().value(),
        ledger.wallet().connectionId().value(),
        answer == null ? Recorded.Verdict.QUARANTINED.code() : answer.verdict().code(),
        facts);
  }

  private static @Nullable String text(@Nullable ExternalBalanceId id) {
    return id == null ? null : id.value();
  }

  /** What is strange is looked at again and settled then; what was taken over is not ours. */
  private void settle(List<Observation> observations, List<Recorded> recorded) {
    var outcomes = new HashMap<Completion, Recorded>();
    for (var i = 0; i < observations.size(); i++) {
      var completion = observations.get(i).completion();
      var outcome = recorded.get(i);
      if (completion != null
          && !(outcome instanceof Recorded.Strange)
          && !(outcome instanceof Recorded.TakenOver)) {
        outcomes.put(completion, outcome);
      }
    }
    if (!outcomes.isEmpty()) {
      settlement.settle(outcomes);
    }
  }
}
