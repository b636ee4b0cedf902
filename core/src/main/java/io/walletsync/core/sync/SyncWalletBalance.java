package io.walletsync.core.sync;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.balance.Observation;
import io.walletsync.core.balance.RecordBalances;
import io.walletsync.core.balance.Recorded;
import io.walletsync.core.balance.Source;
import io.walletsync.core.kernel.IdempotencyKey;
import io.walletsync.core.kernel.Microseconds;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.provider.BalanceProvider.AccountBalance;
import io.walletsync.core.provider.BalanceProvider.Reply;
import io.walletsync.core.provider.BalanceProviders;
import io.walletsync.core.provider.ProviderFailure;
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
  private final Wallets wallets;
  private final Connections connections;
  private final BalanceProviders providers;
  private final SyncRequests requests;
  private final AbandonedClaims abandonedClaims;
  private final RecordBalances recordBalances;
  private final Transactions transactions;
  private final Auditor auditor;
  private final SyncObserver observer;
  private final SyncPolicy policy;

  public SyncWalletBalance(
      Wallets wallets,
      Connections connections,
      BalanceProviders providers,
      SyncRequests requests,
      AbandonedClaims abandonedClaims,
      RecordBalances recordBalances,
      Transactions transactions,
      Auditor auditor,
      SyncObserver observer,
      SyncPolicy policy) {
    this.wallets = wallets;
    this.connections = connections;
    this.providers = providers;
    this.requests = requests;
    this.abandonedClaims = abandonedClaims;
    this.recordBalances = recordBalances;
    this.transactions = transactions;
    this.auditor = auditor;
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
            auditor.append(entry(command, wallet, "replay_sync_balance", "replayed", null));
          }
          return claim;
        });
  }

  private Outcome performOrAbandon(Command command, Wallet wallet, Claim.Claimed claimed) {
    try {
      return perform(command, wallet, claimed);
    } catch (RuntimeException e) {
      abandonedClaims.add(
          claimed.lease(), entry(command, wallet, "sync_balance", "failed", "internal_error"));
      throw e;
    }
  }

  private Outcome perform(Command command, Wallet wallet, Claim.Claimed claimed) {
    var begun = System.nanoTime();
    var connection = connections.open(wallet.connectionId()).orElse(null);
    if (wallet.isClosed() || connection == null) {
      return closed(command, wallet, claimed);
    }
    var reply = providers.get(wallet.provider()).fetch(connection, policy.providerDeadline());
    return switch (reply) {
      case Reply.Failure(var failure) -> failed(command, wallet, claimed, failure);
      case Reply.Reading(var balances) -> {
        var balance = balances.stream().filter(b -> isOf(wallet, b)).findFirst().orElse(null);
        yield balance == null
            ? failed(command, wallet, claimed, currencyMissing(wallet))
            : record(command, wallet, claimed, balance, since(begun));
      }
    };
  }

  private Outcome record(
      Command command,
      Wallet wallet,
      Claim.Claimed claimed,
      AccountBalance balance,
      Duration sinceClaim) {
    var lease = claimed.lease();
    var observation =
        new Observation(
            wallet.id(),
            balance.balance(),
            balance.externalId(),
            balance.asOf() == null ? null : Microseconds.cut(balance.asOf()),
            claimed.startedAt(),
            // the database's time plus what a monotonic clock measured: no node's clock is asked
            Microseconds.cut(claimed.startedAt().plus(sinceClaim)),
            command.source(),
            balance.metadata(),
            command.actor(),
            command.claimedUserId(),
            lease == null
                ? null
                : new RequestSettlement.PendingAnswer(lease, command.answerFormat()));
    return switch (recordBalances.record(List.of(observation)).getFirst()) {
      case Recorded.Answer answer ->
          new Outcome.Synced(answer, command.answerFormat().write(answer));
      case Recorded.WalletClosed() -> closed(command, wallet, claimed);
      case Recorded.RequestLost() -> lost(command, wallet);
    };
  }

  private static boolean isOf(Wallet wallet, AccountBalance balance) {
    return balance.balance().currency().equals(wallet.currency())
        && balance.providerAccountId().equals(wallet.providerAccountId());
  }

  private static ProviderFailure currencyMissing(Wallet wallet) {
    return ProviderFailure.of(
        ProviderFailure.Reason.CURRENCY_MISSING,
        "The provider reported no " + wallet.currency() + " balance for this wallet.");
  }

  private Outcome failed(
      Command command, Wallet wallet, Claim.Claimed claimed, ProviderFailure failure) {
    giveUp(command, wallet, claimed, failure.reason().code());
    return new Outcome.ProviderFailed(failure);
  }

  private Outcome closed(Command command, Wallet wallet, Claim.Claimed claimed) {
    giveUp(command, wallet, claimed, "wallet_closed");
    return new Outcome.WalletClosed();
  }

  /** Another attempt has the key now, and will answer it. */
  private Outcome lost(Command command, Wallet wallet) {
    transactions.inTransaction(
        () -> {
          auditor.append(entry(command, wallet, "sync_balance", "failed", "lease_lost"));
          return wallet;
        });
    return new Outcome.InFlight(policy.lease());
  }

  /** Frees the key for another try and leaves a trace, together. */
  private void giveUp(Command command, Wallet wallet, Claim.Claimed claimed, String reason) {
    transactions.inTransaction(
        () -> {
          if (claimed.lease() != null) {
            requests.release(claimed.lease());
          }
          auditor.append(entry(command, wallet, "sync_balance", "failed", reason));
          return reason;
        });
  }

  private AuditEntry entry(
      Command command, Wallet wallet, String action, String outcome, @Nullable String reason) {
    var key = command.idempotencyKey();
    return auditor.entry(
        command.actor(),
        action,
        "wallet_balance_snapshot",
        wallet.id().value(),
        wallet.connectionId().value(),
        outcome,
        AuditEntry.facts(
            "wallet_id", wallet.id().toString(),
            "provider", wallet.provider().value(),
            "currency", wallet.currency().value(),
            "idempotency_key", key == null ? null : key.value(),
            "user_id", command.claimedUserId(),
            "reason", reason));
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
