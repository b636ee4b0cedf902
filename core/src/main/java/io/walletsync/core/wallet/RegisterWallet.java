package io.walletsync.core.wallet;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.kernel.Ids;
import io.walletsync.core.kernel.Microseconds;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.money.CurrencyCode;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Use case: register a wallet, once per connection, provider account and currency however often it
 * is asked for. The provider is not called.
 */
public final class RegisterWallet {
  private final Wallets wallets;
  private final WalletClosures closures;
  private final Connections connections;
  private final ProviderProfiles profiles;
  private final Transactions transactions;
  private final Auditor auditor;
  private final Ids ids;
  private final InstantSource clock;

  public RegisterWallet(
      Wallets wallets,
      WalletClosures closures,
      Connections connections,
      ProviderProfiles profiles,
      Transactions transactions,
      Auditor auditor,
      Ids ids,
      InstantSource clock) {
    this.wallets = wallets;
    this.closures = closures;
    this.connections = connections;
    this.profiles = profiles;
    this.transactions = transactions;
    this.auditor = auditor;
    this.ids = ids;
    this.clock = clock;
  }

  public Outcome register(Command command) {
    return transactions.inTransaction(() -> registerLocked(command));
  }

  private Outcome registerLocked(Command command) {
    // locked, so that the connection cannot be removed while a wallet is added to it
    var connection = connections.lock(command.connection(), command.visibility()).orElse(null);
    if (connection == null) {
      return new Outcome.UnknownConnection();
    }
    var profile = profiles.of(connection);
    if (!profile.accounts().accept(command.providerAccountId())) {
      return new Outcome.WrongAccount(profile.accounts());
    }
    var offered = profile.currencies();
    if (offered != null && !offered.contains(command.currency())) {
      return new Outcome.CurrencyNotOffered(offered);
    }
    var now = Microseconds.cut(clock.instant());
    var candidate =
        new Wallet(
            new WalletId(ids.next()),
            connection.id(),
            connection.provider(),
            command.providerAccountId(),
            command.currency(),
            command.ownerId(),
            command.providerCustomerId(),
            command.metadata(),
            Wallet.Status.ACTIVE,
            now,
            now,
            command.schedule());
    var wallet = wallets.addOrLock(candidate);
    if (wallet.id().equals(candidate.id())) {
      audit(command.actor(), wallet, "created");
      return new Outcome.Registered(wallet);
    }
    if (!wallet.isClosed()) {
      return new Outcome.AlreadyRegistered(wallet);
    }
    // nothing changes a closed wallet, so its last change was its closing
    if (wallet.updatedAt().isBefore(now)) {
      closures.add(new WalletClosure(wallet.id(), wallet.updatedAt(), now));
    }
    var reopened = wallet.reopened(now);
    wallets.update(reopened);
    audit(command.actor(), reopened, "reopened");
    return new Outcome.AlreadyRegistered(reopened);
  }

  private void audit(Actor actor, Wallet wallet, String outcome) {
    auditor.append(
        auditor.entry(
            actor,
            "register_wallet",
            "wallet",
            wallet.id().value(),
            wallet.connectionId().value(),
            outcome,
            AuditEntry.facts(
                "provider", wallet.provider().value(),
                "provider_account_id", wallet.providerAccountId(),
                "currency", wallet.currency().value(),
                "owner_id", wallet.ownerId(),
                "schedule", SyncSchedule.text(wallet.schedule()))));
  }

  /**
   * What to register.
   *
   * @param providerAccountId empty where the provider has no accounts
   */
  public record Command(
      Actor actor,
      Visibility visibility,
      ConnectionId connection,
      String providerAccountId,
      CurrencyCode currency,
      @Nullable String ownerId,
      @Nullable String providerCustomerId,
      Metadata metadata,
      @Nullable SyncSchedule schedule) {
    /** Without a schedule of its own. */
    public Command(
        Actor actor,
        Visibility visibility,
        ConnectionId connection,
        String providerAccountId,
        CurrencyCode currency,
        @Nullable String ownerId,
        @Nullable String providerCustomerId,
        Metadata metadata) {
      this(
          actor,
          visibility,
          connection,
          providerAccountId,
          currency,
          ownerId,
          providerCustomerId,
          metadata,
          null);
    }
  }

  /** What came of it. */
  public sealed interface Outcome {
    record Registered(Wallet wallet) implements Outcome {}

    /** Nothing changed, or a closed wallet was opened again with its history. */
    record AlreadyRegistered(Wallet wallet) implements Outcome {}

    record UnknownConnection() implements Outcome {}

    /** The provider has no such accounts, or needs one to be named. */
    record WrongAccount(ProviderAccounts accounts) implements Outcome {}

    record CurrencyNotOffered(Set<CurrencyCode> offered) implements Outcome {}
  }
}
