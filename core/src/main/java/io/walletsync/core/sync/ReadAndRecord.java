package io.walletsync.core.sync;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.balance.Completion;
import io.walletsync.core.balance.Observation;
import io.walletsync.core.balance.RecordBalances;
import io.walletsync.core.balance.Recorded;
import io.walletsync.core.balance.Source;
import io.walletsync.core.kernel.DatabaseClock;
import io.walletsync.core.kernel.Microseconds;
import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.sync.SharedCalls.Told;
import io.walletsync.core.wallet.Connections.OpenConnection;
import io.walletsync.core.wallet.Wallet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks the provider for some wallets of one connection, and records what it says. */
public final class ReadAndRecord {
  private final SharedCalls calls;
  private final RecordBalances recordBalances;
  private final SyncPolicy policy;

  public ReadAndRecord(SharedCalls calls, RecordBalances recordBalances, SyncPolicy policy) {
    this.calls = calls;
    this.recordBalances = recordBalances;
    this.policy = policy;
  }

  /** Returns what became of each wallet, in their order, after everything is committed. */
  List<Result> readAndRecord(OpenConnection connection, List<Wanted> wanted, DatabaseClock clock) {
    var holdings =
        wanted.stream().map(w -> w.wallet().holding()).collect(Collectors.toUnmodifiableSet());
    var answers = calls.ask(connection, holdings, clock, policy.providerDeadline());
    var results = new Result[wanted.size()];
    var places = new ArrayList<Integer>();
    var observations = new ArrayList<Observation>();
    for (var i = 0; i < wanted.size(); i++) {
      var answer = Objects.requireNonNull(answers.get(wanted.get(i).wallet().holding()));
      switch (answer.told()) {
        case Told.Failure(var failure) -> results[i] = new Result.Failed(failure);
        case Told.OfBalance _ -> {
          places.add(i);
          observations.add(observation(wanted.get(i), answer));
        }
      }
    }
    if (!observations.isEmpty()) {
      var recorded = recordBalances.record(observations);
      for (var i = 0; i < recorded.size(); i++) {
        results[places.get(i)] = new Result.Done(recorded.get(i));
      }
    }
    return Arrays.asList(results);
  }

  private static Observation observation(Wanted wanted, SharedCalls.Answer answer) {
    var balance = ((Told.OfBalance) answer.told()).balance();
    return new Observation(
        wanted.wallet().id(),
        balance.balance(),
        balance.externalId(),
        balance.asOf() == null ? null : Microseconds.cut(balance.asOf()),
        answer.callStartedAt(),
        answer.answeredAt(),
        wanted.source(),
        balance.metadata(),
        wanted.actor(),
        wanted.claimedUserId(),
        wanted.completion());
  }

  /** A wallet to look at, and who wants to know. */
  record Wanted(
      Wallet wallet,
      Source source,
      Actor actor,
      @Nullable String claimedUserId,
      @Nullable Completion completion) {}

  /** What became of a wallet. */
  public sealed interface Result {
    record Done(Recorded recorded) implements Result {}

    /** No balance was had; nothing changed. */
    record Failed(ProviderFailure failure) implements Result {}
  }
}
