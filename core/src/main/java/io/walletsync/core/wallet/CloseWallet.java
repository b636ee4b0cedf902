package io.walletsync.core.wallet;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.kernel.Microseconds;
import io.walletsync.core.kernel.Transactions;
import java.time.InstantSource;

/** Use case: stop syncing a wallet for good. Its history stays; registering it again reopens it. */
public final class CloseWallet {
  private final Wallets wallets;
  private final Transactions transactions;
  private final Auditor auditor;
  private final InstantSource clock;

  public CloseWallet(
      Wallets wallets, Transactions transactions, Auditor auditor, InstantSource clock) {
    this.wallets = wallets;
    this.transactions = transactions;
    this.auditor = auditor;
    this.clock = clock;
  }

  public Outcome close(Command command) {
    return transactions.inTransaction(() -> closeLocked(command));
  }

  private Outcome closeLocked(Command command) {
    var wallet = wallets.lock(command.wallet(), command.visibility()).orElse(null);
    if (wallet == null) {
      return new Outcome.Unknown();
    }
    if (wallet.isClosed()) {
      return new Outcome.Closed(wallet);
    }
    var closed = wallet.closed(Microseconds.cut(clock.instant()));
    wallets.update(closed);
    auditor.append(closed(auditor, command.actor(), closed));
    return new Outcome.Closed(closed);
  }

  static AuditEntry closed(Auditor auditor, Actor actor, Wallet wallet) {
    return auditor.entry(
        actor,
        "close_wallet",
        "wallet",
        wallet.id().value(),
        wallet.connectionId().value(),
        "closed",
        AuditEntry.facts());
  }

  /** Which wallet to close. */
  public record Command(Actor actor, Visibility visibility, WalletId wallet) {}

  /** What came of it; closing a closed wallet changes nothing. */
  public sealed interface Outcome {
    record Closed(Wallet wallet) implements Outcome {}

    record Unknown() implements Outcome {}
  }
}
