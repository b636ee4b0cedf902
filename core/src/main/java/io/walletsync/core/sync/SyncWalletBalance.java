package io.walletsync.core.sync;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.balance.Recorded;
import io.walletsync.core.balance.Source;
import io.walletsync.core.kernel.DatabaseClock;
import io.walletsync.core.kernel.IdempotencyKey;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.sync.ReadAndRecord.Result;
import io.walletsync.core.sync.StartSyncs.Start;
import io.walletsync.core.sync.SyncRequests.Claim;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.core.wallet.Wallets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The use case: ask the provider what is in a wallet, and record it exactly once. The key is
 * claimed and committed first, the provider is asked while nothing is held, and recording and
 * answering the request are one transaction.
 */
public final class SyncWalletBalance {
  private static final ProviderFailure IN_DOUBT =
      ProviderFailure.of(
          ProviderFailure.Reason.IN_DOUBT,
          "The provider's first balance of this wallet contradicts itself.");

  private final StartSyncs starts;
  private final ReadAndRecord readAndRecord;
  private final AbandonedClaims abandonedClaims;
  private final SyncTraces traces;
  private final SyncObserver observer;
  private final SyncPolicy policy;

  public SyncWalletBalance(
      Wallets wallets,
      Connections connections,
      ReadAndRecord readAndRecord,
      SyncRequests requests,
      AbandonedClaims abandonedClaims,
      Transactions transactions,
      Auditor auditor,
      SyncObserver observer,
      SyncPolicy policy) {
    this.traces = new SyncTraces(requests, transactions, auditor);
    this.starts = new StartSyncs(wallets, connections, requests, transactions, traces, policy);
    this.readAndRecord = readAndRecord;
    this.abandonedClaims = abandonedClaims;
    this.observer = observer;
    this.policy = policy;
  }

  public Outcome sync(Command command) {
    var begun = System.nanoTime();
    return switch (starts.start(command)) {
      case Start.UnknownWallet() -> new Outcome.UnknownWallet();
      case Start.Refused(var wallet, var claim) -> finished(command, wallet, refusal(claim), begun);
      case Start.Claimed start -> {
        try {
          yield finished(command, start.wallet(), performOrAbandon(command, start), begun);
        } catch (RuntimeException e) {
          observer.broke(start.wallet(), command.source(), since(begun));
          throw e;
        }
      }
    };
  }

  private Outcome finished(Command command, Wallet wallet, Outcome outcome, long begun) {
    observer.finished(wallet, command.source(), outcome, since(begun));
    return outcome;
  }

  private static Outcome refusal(Claim claim) {
    return switch (claim) {
      case Claim.Answered(var answer) -> new Outcome.Replayed(answer);
      case Claim.InFlight(var remaining) -> new Outcome.InFlight(remaining);
      case Claim.KeyReused() -> new Outcome.KeyReused();
      case Claim.NonceReused() -> new Outcome.NonceReused();
      case Claim.Claimed _ -> throw new IllegalStateException("a claim to go ahead is no refusal");
    };
  }

  private Outcome performOrAbandon(Command command, Start.Claimed start) {
    try {
      return perform(command, start);
    } catch (RuntimeException e) {
      abandonedClaims.add(
          start.claim().lease(), traces.failure(command, start.wallet(), "internal_error"));
      throw e;
    }
  }

  private Outcome perform(Command command, Start.Claimed start) {
    var claimed = start.claim();
    var clock = DatabaseClock.startedAt(claimed.startedAt());
    var wallet = start.wallet();
    var connection = start.connection();
    if (wallet.isClosed() || connection == null) {
      return closed(command, wallet, claimed);
    }
    var lease = claimed.lease();
    var wanted =
        new ReadAndRecord.Wanted(
            wallet,
            command.source(),
            command.actor(),
            command.claimedUserId(),
            lease == null
                ? null
                : new RequestSettlement.PendingAnswer(lease, command.answerFormat()));
    return switch (readAndRecord.readAndRecord(connection, List.of(wanted), clock).getFirst()) {
      case Result.Failed(var failure) -> failed(command, wallet, claimed, failure);
      case Result.Done(Recorded.Answer answer) ->
          new Outcome.Synced(answer, command.answerFormat().write(answer));
      case Result.Done(Recorded.Quarantined(_, var answer)) ->
          answer == null
              ? failed(command, wallet, claimed, IN_DOUBT)
              : new Outcome.Synced(answer, command.answerFormat().write(answer));
      case Result.Done(Recorded.Strange _) ->
          throw new IllegalStateException("what is strange is looked at again");
      case Result.Done(Recorded.WalletClosed()) -> closed(command, wallet, claimed);
      case Result.Done(Recorded.TakenOver()) -> {
        traces.lost(command, wallet);
        yield new Outcome.InFlight(policy.lease());
      }
    };
  }

  private Outcome failed(
      Command command, Wallet wallet, Claim.Claimed claimed, ProviderFailure failure) {
    traces.giveUp(command, wallet, claimed, failure.reason().code());
    return new Outcome.ProviderFailed(failure);
  }

  private Outcome closed(Command command, Wallet wallet, Claim.Claimed claimed) {
    traces.giveUp(command, wallet, claimed, "wallet_closed");
    return new Outcome.WalletClosed();
  }

  private static Duration since(long nanoTime) {
    return Duration.ofNanos(System.nanoTime() - nanoTime);
  }

  /**
   * What to sync, for whom.
   *
   * @param requester the internal id of the API key that signed the request
   * @param fingerprint see {@link SyncRequests.Request}
   * @param nonce the attempt's nonce, to be burned with the claim
   * @param claimedUserId whom the caller says it acts for
   * @param answerFormat how the answer is written, for the caller now and for replays later
   */
  public record Command(
      WalletId wallet,
      Visibility visibility,
      Actor actor,
      UUID requester,
      @Nullable IdempotencyKey idempotencyKey,
      String fingerprint,
      @Nullable String nonce,
      @Nullable String claimedUserId,
      Source source,
      AnswerFormat answerFormat) {}

  /** What came of it. */
  public sealed interface Outcome {
    /** Recorded and committed; {@code text} is what a replay will say too. */
    record Synced(Recorded.Answer answer, String text) implements Outcome {}

    /** Answered before: the same text again. */
    record Replayed(String text) implements Outcome {}

    /** Another attempt is at work, for at most this long. */
    record InFlight(Duration leaseRemaining) implements Outcome {}

    record KeyReused() implements Outcome {}

    record NonceReused() implements Outcome {}

    record UnknownWallet() implements Outcome {}

    record WalletClosed() implements Outcome {}

    /** No balance was had; nothing changed and the key is free again. */
    record ProviderFailed(ProviderFailure failure) implements Outcome {}
  }
}
