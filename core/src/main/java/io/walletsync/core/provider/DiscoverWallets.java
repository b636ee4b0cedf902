package io.walletsync.core.provider;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.provider.BalanceProvider.AccountBalance;
import io.walletsync.core.provider.BalanceProvider.Reply;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.Holding;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.RegisterWallet;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Use case: register what the provider offers over a connection. What is registered stays as it is;
 * a closed wallet stays closed, for somebody closed it on purpose.
 */
public final class DiscoverWallets {
  private final Connections connections;
  private final RegisteredWallets registered;
  private final BalanceProviders providers;
  private final RegisterWallet registerWallet;
  private final Duration deadline;

  public DiscoverWallets(
      Connections connections,
      RegisteredWallets registered,
      BalanceProviders providers,
      RegisterWallet registerWallet,
      Duration deadline) {
    this.connections = connections;
    this.registered = registered;
    this.providers = providers;
    this.registerWallet = registerWallet;
    this.deadline = deadline;
  }

  public Outcome discover(Command command) {
    var open = connections.open(command.connection(), command.visibility()).orElse(null);
    if (open == null) {
      return new Outcome.Unknown();
    }
    return switch (providers.get(open.connection()).fetch(open, Set.of(), deadline)) {
      case Reply.Failure(var failure) -> new Outcome.ProviderFailed(failure);
      case Reply.Reading(var balances) -> register(command, balances);
    };
  }

  private Outcome register(Command command, List<AccountBalance> balances) {
    var known = registered.of(command.connection());
    var currencies = command.currencies();
    return new Outcome.Discovered(
        balances.stream()
            .map(AccountBalance::holding)
            .filter(holding -> currencies == null || currencies.contains(holding.currency()))
            .map(holding -> discovered(command, holding, known.get(holding)))
            .toList());
  }

  private Discovered discovered(Command command, Holding holding, @Nullable Wallet known) {
    if (known != null) {
      return new Discovered(known, false);
    }
    var outcome =
        registerWallet.register(
            new RegisterWallet.Command(
                command.actor(),
                command.visibility(),
                command.connection(),
                holding.providerAccountId(),
                holding.currency(),
                command.ownerId(),
                null,
                Metadata.NONE));
    return switch (outcome) {
      case RegisterWallet.Outcome.Registered(var wallet) -> new Discovered(wallet, true);
      case RegisterWallet.Outcome.AlreadyRegistered(var wallet) -> new Discovered(wallet, false);
      case RegisterWallet.Outcome.UnknownConnection _,
          RegisterWallet.Outcome.WrongAccount _,
          RegisterWallet.Outcome.CurrencyNotOffered _ ->
          throw new IllegalStateException("what a provider offers can be registered");
    };
  }

  /**
   * What to register.
   *
   * @param currencies only these; null for all
   * @param ownerId the owner of the new wallets
   */
  public record Command(
      Actor actor,
      Visibility visibility,
      ConnectionId connection,
      @Nullable Set<CurrencyCode> currencies,
      @Nullable String ownerId) {}

  /** A wallet that the provider offers, and whether it was registered just now. */
  public record Discovered(Wallet wallet, boolean isNew) {}

  /** What came of it. */
  public sealed interface Outcome {
    record Discovered(List<DiscoverWallets.Discovered> wallets) implements Outcome {}

    record ProviderFailed(ProviderFailure failure) implements Outcome {}

    record Unknown() implements Outcome {}
  }
}
