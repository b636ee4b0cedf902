package io.walletsync.core.bulk;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.kernel.IdempotencyKey;
import io.walletsync.core.kernel.Ids;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.sync.SyncPolicy;
import io.walletsync.core.sync.SyncRequests;
import io.walletsync.core.sync.SyncRequests.Claim;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.ProviderProfiles;
import io.walletsync.core.wallet.Visibility;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Use case: start a run over what the caller may see. Claiming the key, keeping the run and
 * answering the request are one transaction, so a repeated request never starts a second run.
 */
public final class StartSyncRun {
  private final SyncRuns runs;
  private final SyncRequests requests;
  private final Connections connections;
  private final ProviderProfiles profiles;
  private final Transactions transactions;
  private final SyncRunAudit audit;
  private final Ids ids;
  private final SyncPolicy policy;

  public StartSyncRun(
      SyncRuns runs,
      SyncRequests requests,
      Connections connections,
      ProviderProfiles profiles,
      Transactions transactions,
      Auditor auditor,
      Ids ids,
      SyncPolicy policy) {
    this.runs = runs;
    this.requests = requests;
    this.connections = connections;
    this.profiles = profiles;
    this.transactions = transactions;
    this.audit = new SyncRunAudit(auditor);
    this.ids = ids;
    this.policy = policy;
  }

  public Outcome start(Command command) {
    return transactions.inTransaction(() -> claimAndStart(command));
  }

  private Outcome claimAndStart(Command command) {
    var actor = command.actor();
    return switch (claim(command)) {
      case Claim.Answered(var answer) -> {
        audit.replayed(actor, actor.id(), key(command));
        yield new Outcome.Replayed(answer);
      }
      case Claim.InFlight(var remaining) -> new Outcome.InFlight(remaining);
      case Claim.KeyReused() -> new Outcome.KeyReused();
      case Claim.NonceReused() -> new Outcome.NonceReused();
      case Claim.Claimed(_, var lease) -> startClaimed(command, lease);
    };
  }

  private Claim claim(Command command) {
    return requests.claim(
        new SyncRequests.Request(
            command.actor().id(),
            command.idempotencyKey(),
            command.fingerprint(),
            command.nonce(),
            policy.lease(),
            policy.keyRetention()));
  }

  private Outcome startClaimed(Command command, SyncRequests.@Nullable Lease lease) {
    var refusal = refusal(command);
    if (refusal.isPresent()) {
      if (lease != null) {
        requests.release(lease);
      }
      return refusal.get();
    }
    var run =
        runs.start(
            new SyncRuns.Start(
                ids.next(),
                command.filter(),
                provider(command),
                command.visibility(),
                command.actor()));
    audit.started(command.actor(), run, key(command));
    var text = command.answerFormat().apply(run);
    if (lease != null) {
      requests.complete(Map.of(lease, text));
    }
    return new Outcome.Started(run, text);
  }

  private Optional<Outcome> refusal(Command command) {
    return switch (command.filter()) {
      case SyncRunFilter.OfConnection(var connection)
          when connections.find(connection, command.visibility()).isEmpty() ->
          Optional.of(new Outcome.UnknownConnection());
      case SyncRunFilter.OfProvider(var provider) when !profiles.ids().contains(provider) ->
          Optional.of(new Outcome.UnknownProvider(profiles.ids()));
      case SyncRunFilter.OfConnection _,
          SyncRunFilter.OfProvider _,
          SyncRunFilter.OfOwner _,
          SyncRunFilter.All _ ->
          Optional.empty();
    };
  }

  private @Nullable ProviderId provider(Command command) {
    return switch (command.filter()) {
      case SyncRunFilter.OfConnection(var connection) ->
          connections.find(connection, command.visibility()).orElseThrow().provider();
      case SyncRunFilter.OfProvider(var provider) -> provider;
      case SyncRunFilter.OfOwner _, SyncRunFilter.All _ -> null;
    };
  }

  private static @Nullable String key(Command command) {
    return command.idempotencyKey() == null ? null : command.idempotencyKey().value();
  }

  /**
   * What to sync, for whom.
   *
   * @param actor the API key that signed the request
   * @param fingerprint see {@link SyncRequests.Request}
   * @param nonce the attempt's nonce, to be burned with the claim
   * @param answerFormat how the answer is written, for the caller now and for replays later
   */
  public record Command(
      Actor actor,
      Visibility visibility,
      SyncRunFilter filter,
      @Nullable IdempotencyKey idempotencyKey,
      String fingerprint,
      @Nullable String nonce,
      Function<SyncRun, String> answerFormat) {}

  /** What came of it. */
  public sealed interface Outcome {
    /** It begins; {@code text} is what a replay will say too. */
    record Started(SyncRun run, String text) implements Outcome {}

    /** Answered before: the same text again. */
    record Replayed(String text) implements Outcome {}

    /** Another attempt is at work, for at most this long. */
    record InFlight(Duration leaseRemaining) implements Outcome {}

    record KeyReused() implements Outcome {}

    record NonceReused() implements Outcome {}

    /** Nothing was started, and the key is free again; as in the next. */
    record UnknownConnection() implements Outcome {}

    record UnknownProvider(Set<ProviderId> known) implements Outcome {}
  }
}
