package io.walletsync.core.sync;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.balance.Completion;
import io.walletsync.core.balance.Look;
import io.walletsync.core.balance.Observation;
import io.walletsync.core.balance.Recorded;
import io.walletsync.core.balance.Recording;
import io.walletsync.core.balance.Source;
import io.walletsync.core.kernel.DatabaseClock;
import io.walletsync.core.kernel.Microseconds;
import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.sync.SharedCalls.Answer;
import io.walletsync.core.sync.SharedCalls.Told;
import io.walletsync.core.wallet.Connections.OpenConnection;
import io.walletsync.core.wallet.Holding;
import io.walletsync.core.wallet.Wallet;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks the provider for some wallets of one connection, and records what it says. What is strange
 * is asked once more before it is judged.
 */
public final class ReadAndRecord {
  private final SharedCalls calls;
  private final Recording recording;
  private final SyncObserver observer;
  private final SyncPolicy policy;

  public ReadAndRecord(
      SharedCalls calls, Recording recording, SyncObserver observer, SyncPolicy policy) {
    this.calls = calls;
    this.recording = recording;
    this.observer = observer;
    this.policy = policy;
  }

  /** Returns what became of each wallet, in their order, after everything is committed. */
  List<Result> readAndRecord(OpenConnection connection, List<Wanted> wanted, DatabaseClock clock) {
    var begun = System.nanoTime();
    var results = new Result[wanted.size()];
    var answers = calls.ask(connection, holdings(wanted), clock, policy.providerDeadline());
    var observations = new TreeMap<Integer, Observation>();
    for (var i = 0; i < results.length; i++) {
      switch (answerFor(wanted.get(i), answers)) {
        case Answer(_, _, Told.Failure(var failure)) -> results[i] = new Result.Failed(failure);
        case Answer answer ->
            observations.put(i, observation(wanted.get(i), answer, new Look.First()));
      }
    }
    var strange = record(observations, results);
    if (!strange.isEmpty()) {
      var patience = policy.providerDeadline().minusNanos(System.nanoTime() - begun);
      var left = record(lookAgain(connection, wanted, strange, clock, patience), results);
      if (!left.isEmpty()) {
        throw new IllegalStateException("what was looked at twice is judged");
      }
      strange.forEach(
          (i, first) -> observer.lookedAgain(wanted.get(i).wallet(), first.reason(), results[i]));
    }
    return Arrays.asList(results);
  }

  /** Records what there is to record and returns what is too strange to be judged yet. */
  private Map<Integer, Look.Again> record(
      SortedMap<Integer, Observation> observations, Result[] results) {
    var strange = new TreeMap<Integer, Look.Again>();
    if (observations.isEmpty()) {
      return strange;
    }
    var recorded = recording.record(List.copyOf(observations.values())).iterator();
    observations.forEach(
        (i, observation) -> {
          switch (recorded.next()) {
            case Recorded.Strange(var reason) ->
                strange.put(i, new Look.Again(observation, reason));
            case Recorded judged -> results[i] = new Result.Done(judged);
          }
        });
    return strange;
  }

  /** Asks the provider again, by a call that starts now; without an answer the first one stands. */
  private SortedMap<Integer, Observation> lookAgain(
      OpenConnection connection,
      List<Wanted> wanted,
      Map<Integer, Look.Again> strange,
      DatabaseClock clock,
      Duration patience) {
    var again = strange.keySet().stream().map(wanted::get).toList();
    var answers = calls.ask(connection, holdings(again), clock, patience);
    var observations = new TreeMap<Integer, Observation>();
    strange.forEach(
        (i, look) ->
            observations.put(
                i,
                switch (answerFor(wanted.get(i), answers)) {
                  case Answer(_, _, Told.Failure _) -> look.first().lookedAt(new Look.Last());
                  case Answer answer -> observation(wanted.get(i), answer, look);
                }));
    return observations;
  }

  private static Set<Holding> holdings(List<Wanted> wanted) {
    return wanted.stream().map(w -> w.wallet().holding()).collect(Collectors.toUnmodifiableSet());
  }

  private static Answer answerFor(Wanted wanted, Map<Holding, Answer> answers) {
    return Objects.requireNonNull(
        answers.get(wanted.wallet().holding()), "every holding is answered");
  }

  private static Observation observation(Wanted wanted, Answer answer, Look look) {
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
        wanted.completion(),
        look);
  }

  /** A wallet to look at, and who wants to know. */
  public record Wanted(
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
