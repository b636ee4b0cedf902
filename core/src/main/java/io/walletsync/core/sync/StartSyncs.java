package io.walletsync.core.sync;

import io.walletsync.core.kernel.Gathering;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.sync.SyncRequests.Claim;
import io.walletsync.core.sync.SyncWalletBalance.Command;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.Connections.OpenConnection;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.core.wallet.Wallets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How syncs begin, those that come at the same time together: the wallets are found, the requests
 * claimed and the connections opened. What is claimed need not outlive a crash of the database, for
 * the attempt does not either.
 */
final class StartSyncs {
  private static final int MOST_AT_ONCE = 200;
  private static final int MOST_WAITING = 2_000;

  private final Wallets wallets;
  private final Connections connections;
  private final SyncRequests requests;
  private final Transactions transactions;
  private final SyncTraces traces;
  private final SyncPolicy policy;
  private final Gathering<Command, Start> gathering;

  StartSyncs(
      Wallets wallets,
      Connections connections,
      SyncRequests requests,
      Transactions transactions,
      SyncTraces traces,
      SyncPolicy policy) {
    this.wallets = wallets;
    this.connections = connections;
    this.requests = requests;
    this.transactions = transactions;
    this.traces = traces;
    this.policy = policy;
    this.gathering =
        new Gathering<>(
            MOST_AT_ONCE, MOST_WAITING, this::startAll, this::startAll, transactions::isUndone);
  }

  /** Returns after the claim is committed. */
  Start start(Command command) {
    return gathering.submit(List.of(command)).getFirst();
  }

  private List<Start> startAll(List<Command> commands) {
    var starts = transactions.inLazyTransaction(() -> claimAll(commands));
    var replays = new ArrayList<SyncTraces.Replay>();
    for (var i = 0; i < starts.size(); i++) {
      if (starts.get(i) instanceof Start.Refused(var wallet, Claim.Answered _)) {
        replays.add(new SyncTraces.Replay(commands.get(i), wallet));
      }
    }
    if (!replays.isEmpty()) {
      traces.replayed(replays); // in a transaction that lasts
    }
    return starts;
  }

  private List<Start> claimAll(List<Command> commands) {
    var found =
        wallets.findAll(
            commands.stream().map(Command::wallet).collect(Collectors.toUnmodifiableSet()));
    var known = commands.stream().filter(command -> wallet(command, found) != null).toList();
    var claims = requests.claim(known.stream().map(this::request).toList());
    var opened =
        connections.openAll(
            known.stream()
                .map(command -> Objects.requireNonNull(wallet(command, found)).connectionId())
                .collect(Collectors.toUnmodifiableSet()));
    var inOrder = claims.iterator();
    return commands.stream()
        .<Start>map(
            command -> {
              var wallet = wallet(command, found);
              if (wallet == null) {
                return new Start.UnknownWallet();
              }
              return switch (inOrder.next()) {
                case Claim.Claimed claimed ->
                    new Start.Claimed(wallet, claimed, opened.get(wallet.connectionId()));
                case Claim refused -> new Start.Refused(wallet, refused);
              };
            })
        .toList();
  }

  /** Null where the caller may not see such a wallet. */
  private static @Nullable Wallet wallet(Command command, Map<WalletId, Wallet> found) {
    var wallet = found.get(command.wallet());
    return wallet != null && command.visibility().includes(wallet.connectionId()) ? wallet : null;
  }

  private SyncRequests.Request request(Command command) {
    return new SyncRequests.Request(
        command.requester(),
        command.idempotencyKey(),
        command.fingerprint(),
        command.nonce(),
        policy.lease(),
        policy.keyRetention());
  }

  /** How a sync begins. */
  sealed interface Start {
    record UnknownWallet() implements Start {}

    /**
     * Go ahead.
     *
     * @param connection null where it was removed
     */
    record Claimed(Wallet wallet, Claim.Claimed claim, @Nullable OpenConnection connection)
        implements Start {}

    /** Any claim but one to go ahead. */
    record Refused(Wallet wallet, Claim claim) implements Start {}
  }
}
