package io.walletsync.core.balance;

import io.walletsync.core.Examples;
import io.walletsync.core.MutableClock;
import io.walletsync.core.SequentialIds;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.audit.AuditTrail;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.memory.InMemoryStorage;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.RegistryPorts;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.core.wallet.Wallets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A wallet, its storage, and what settles and listens while a balance is recorded. */
final class RecordingFixture implements RegistryPorts {
  final MutableClock clock = new MutableClock(Examples.MORNING.plusSeconds(3_600));
  final InMemoryStorage storage = new InMemoryStorage(clock);
  private final SequentialIds ids = new SequentialIds();
  private final Auditor auditor = new Auditor(storage.auditTrail(), ids, clock);
  final Requests requests = new Requests();
  final List<BalanceListener> listeners = new ArrayList<>();
  final Wallet wallet = registered();

  @Override
  public Transactions transactions() {
    return storage.transactions();
  }

  @Override
  public Connections connections() {
    return storage.connections();
  }

  @Override
  public Wallets wallets() {
    return storage.wallets();
  }

  ExampleObservation reading(long startedAfterSeconds, String naira) {
    return ExampleObservation.of(wallet.id()).startedAfter(startedAfterSeconds).balance(naira);
  }

  Recorded.Answer record(ExampleObservation observation) {
    return (Recorded.Answer) recordAll(observation).getFirst();
  }

  List<Recorded> recordAll(ExampleObservation... observations) {
    return new RecordBalances(
            storage.snapshots(),
            storage.quarantine(),
            requests,
            listeners,
            storage.transactions(),
            auditor,
            ids)
        .record(Arrays.stream(observations).map(ExampleObservation::observation).toList());
  }

  LatestBalance latest() {
    return latest(wallet.id());
  }

  LatestBalance latest(WalletId id) {
    return storage.snapshots().latest(id, Visibility.ALL).orElseThrow().latest().orElseThrow();
  }

  List<AuditEntry> auditEntries() {
    return storage.auditTrail().page(new AuditTrail.Query(null, null, null, null, 100)).items();
  }

  void close(Wallet open) {
    storage
        .transactions()
        .inTransaction(
            () -> {
              storage.wallets().update(open.closed(clock.instant()));
              return open;
            });
  }

  /** Requests that are all held but the lost ones. */
  static final class Requests implements Settlement {
    final Set<Completion> lost = new HashSet<>();
    final Map<Completion, Recorded.Answer> answers = new HashMap<>();

    boolean failing;

    @Override
    public boolean settles(Completion completion) {
      return true;
    }

    @Override
    public Set<Completion> stillHeld(Collection<? extends Completion> completions) {
      return completions.stream()
          .filter(completion -> !lost.contains(completion))
          .collect(Collectors.toSet());
    }

    @Override
    public void settle(Map<Completion, Recorded> settled) {
      if (failing) {
        throw new IllegalStateException("settling on purpose");
      }
      settled.forEach(
          (completion, outcome) ->
              outcome.toAnswer().ifPresent(answer -> answers.put(completion, answer)));
    }
  }
}
