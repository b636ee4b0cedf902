package io.walletsync.core.sync;

import io.walletsync.core.balance.Completion;
import io.walletsync.core.balance.Recorded;
import io.walletsync.core.balance.Settlement;
import io.walletsync.core.kernel.RequestKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Settles the requests of this feature inside the recording transaction. */
public final class RequestSettlement implements Settlement {
  private final SyncRequests requests;

  public RequestSettlement(SyncRequests requests) {
    this.requests = requests;
  }

  @Override
  public boolean settles(Completion completion) {
    return completion instanceof PendingAnswer;
  }

  @Override
  public Set<Completion> stillHeld(Collection<? extends Completion> completions) {
    if (completions.isEmpty()) {
      return Set.of();
    }
    var held = requests.lockHeld(completions.stream().map(c -> pending(c).lease()).toList());
    return completions.stream()
        .filter(completion -> held.contains(pending(completion).lease()))
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public void settle(Map<Completion, Recorded> outcomes) {
    var texts = new HashMap<SyncRequests.Lease, String>();
    outcomes.forEach(
        (completion, outcome) -> {
          var pending = pending(completion);
          outcome
              .toAnswer()
              .ifPresent(answer -> texts.put(pending.lease(), pending.format().write(answer)));
        });
    if (!texts.isEmpty()) {
      requests.complete(texts);
    }
  }

  private static PendingAnswer pending(Completion completion) {
    return (PendingAnswer) completion;
  }

  /** A claimed request that waits for its answer. */
  record PendingAnswer(SyncRequests.Lease lease, AnswerFormat format) implements Completion {
    @Override
    public Optional<RequestKey> requestedUnder() {
      return Optional.of(lease.requestKey());
    }
  }
}
