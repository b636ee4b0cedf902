package io.walletsync.core.sync;

import io.walletsync.core.provider.BalanceProvider;
import io.walletsync.core.provider.ScriptedBalanceProvider;
import io.walletsync.core.wallet.Connections.OpenConnection;
import io.walletsync.core.wallet.Holding;
import io.walletsync.core.wallet.ProviderProfile;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A scripted provider with one call per account, which remembers what each was asked for. */
final class CallsByAccount implements BalanceProvider {
  private final ScriptedBalanceProvider provider;
  private final Queue<Set<Holding>> asked = new ConcurrentLinkedQueue<>();

  CallsByAccount(ScriptedBalanceProvider provider) {
    this.provider = provider;
  }

  List<Set<Holding>> asked() {
    return List.copyOf(asked);
  }

  @Override
  public ProviderProfile profile() {
    return provider.profile();
  }

  @Override
  public String callFor(Holding holding) {
    return holding.providerAccountId();
  }

  @Override
  public Reply fetch(OpenConnection connection, Set<Holding> wanted, Duration deadline) {
    asked.add(wanted);
    return provider.fetch(connection, wanted, deadline);
  }
}
