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

  private final Wallets wallets;
  private final Connections connections;
  private final ReadAndRecord readAndRecord;
  private final SyncRequests requests;
  private final AbandonedClaims abandonedClaims;
  private final Transactions transactions;
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
    this.wallets = wallets;
    this.connections = connections;
    this.readAndRecord = readAndRecord;
    this.requests = requests;
    this.abandonedClaims = abandonedClaims;
    this.transactions = transactions;
    this.traces = new SyncTraces(requests, transactions, auditor);
    this.observer = observer;
    this.policy = policy;
  }

  public Outcome sync(Command command) {
    var begun = System.nanoTime();
    var wallet = wallets.find(command.wallet(), command.visibility()).orElse(null);
    if (wallet == null) {
      return new Outcome.UnknownWallet();
    }
    try {
      var outcome = claimAndPerform(command, wallet);
      observer.finished(wallet, command.source(), outcome, since(begun));
      return outcome;
    } catch (RuntimeException e) {
      observer.broke(wallet, command.source(), since(begun));
      throw e;
    }
  }

  private Outcome claimAndPerform(Command command, Wallet wallet) {
    return switch (claim(command, wallet)) {
      case Claim.Answered(var answer) -> new Outcome.Replayed(answer);
      case Claim.InFlight(var remaining) -> new Outcome.InFlight(remaining);
      case Claim.KeyReused() -> new Outcome.KeyReused();
      case Claim.NonceReused() -> new Outcome.NonceReused();
      case Claim.Claimed claimed -> performOrAbandon(command, wallet, claimed);
    };
  }

  private Claim claim(Command command, Wallet wallet) {
    var request =
        new SyncRequests.Request(
            command.requester(),
            command.idempotencyKey(),
            command.fingerprint(),
            command.nonce(),
            policy.lease(),
            policy.keyRetention());
    return transactions.inTransaction(
        () -> {
          var claim = requests.claim(request);
          if (claim instanceof Claim.Answered) {
            traces.replayed(command, wallet);
          }
          return claim;
        });
  }

  private Outcome performOrAbandon(Command command, Wallet wallet, Claim.Claimed claimed) {
    try {
      return perform(command, wallet, claimed);
    } catch (RuntimeException e) {
      abandonedClaims.add(claimed.lease(), traces.failure(command, wallet, "internal_error"));
      throw e;
    }
  }

  private Outcome perform(Command command, Wallet wallet, Claim.Claimed claimed) {
    var clock = DatabaseClock.startedAt(claimed.startedAt());
    var connection = connections.open(wallet.connectionId()).orElse(null);
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
