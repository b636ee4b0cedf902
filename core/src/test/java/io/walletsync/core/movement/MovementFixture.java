package io.walletsync.core.movement;

import io.walletsync.core.Examples;
import io.walletsync.core.MutableClock;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.balance.Source;
import io.walletsync.core.balance.WalletBalanceSnapshot;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.memory.InMemoryStorage;
import io.walletsync.core.movement.Movements.Order;
import io.walletsync.core.movement.Movements.Query;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.RegistryPorts;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.Wallets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A wallet whose provider lists what a test says, and all that an import needs, in memory. */
final class MovementFixture implements RegistryPorts {
  final MutableClock clock = new MutableClock(Examples.MORNING.plus(Duration.ofDays(1)));
  final InMemoryStorage storage = new InMemoryStorage(clock);
  final ScriptedFeed feed = new ScriptedFeed();
  final Wallet wallet = registered();
  final List<FetchMovements.Outcome> observed = new ArrayList<>();
  Movements movements = storage.movements();
  private final ImportPolicy policy;

  MovementFixture(int pagesOfARound) {
    var standard = ImportPolicy.STANDARD;
    policy =
        new ImportPolicy(
            standard.interval(),
            standard.backfill(),
            standard.overlap(),
            standard.mending(),
            standard.reach(),
            pagesOfARound,
            standard.deadline(),
            standard.lease());
  }

  FetchMovements fetchMovements() {
    return new FetchMovements(
        storage.wallets(),
        storage.connections(),
        new MovementFeeds(List.of(feed)),
        movements,
        storage.movementImports(),
        storage.movementFindings(),
        storage.history(),
        storage.transactions(),
        new Auditor(storage.auditTrail(), Examples::id, clock),
        observer(),
        policy,
        clock);
  }

  private MovementObserver observer() {
    return new MovementObserver() {
      @Override
      public void ended(ProviderId provider, FetchMovements.Outcome outcome, int movements) {
        observed.add(outcome);
      }

      @Override
      public void broke(RuntimeException cause) {
        throw cause;
      }
    };
  }

  FetchMovements.Outcome fetch() {
    return fetch(null);
  }

  FetchMovements.Outcome fetch(@Nullable Instant from) {
    return fetchMovements()
        .fetch(new FetchMovements.Command(Examples.actor(), Visibility.ALL, wallet.id(), from));
  }

  /** Rounds until there is nothing left; one that dies is followed after its lease has ended. */
  void fetchToTheEnd() {
    while (true) {
      try {
        if (fetch() instanceof FetchMovements.Outcome.Fetched(_, var more) && !more) {
          return;
        }
      } catch (ScriptedFeed.Killed e) {
        clock.advance(policy.lease());
      }
    }
  }

  List<ProviderMovement> kept() {
    return storage
        .movements()
        .page(new Query(wallet.id(), null, null, Order.OLDEST_FIRST, null, 10_000))
        .items();
  }

  void snapshot(long sequence, Instant asOf, String available) {
    transactions()
        .inTransaction(
            () -> {
              storage
                  .snapshots()
                  .append(
                      List.of(
                          new WalletBalanceSnapshot(
                              UUID.randomUUID(),
                              wallet.id(),
                              sequence,
                              wallet.provider(),
                              Examples.balance(available),
                              null,
                              asOf,
                              null,
                              asOf,
                              asOf,
                              Source.API,
                              null,
                              Metadata.NONE,
                              asOf)));
              return wallet;
            });
  }

  @Override
  public Transactions transactions() {
    return storage.transactions();
  }

  @Override
  public Connections connections() {
    return storage.connections();
  }

  @Override
  public Wallets wallets() {
    return storage.wallets();
  }
}
