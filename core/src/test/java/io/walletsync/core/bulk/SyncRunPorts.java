package io.walletsync.core.bulk;

import io.walletsync.core.Examples;
import io.walletsync.core.bulk.SyncRuns.Chunk;
import io.walletsync.core.bulk.SyncRuns.Failure;
import io.walletsync.core.bulk.SyncRuns.Lease;
import io.walletsync.core.bulk.SyncRuns.Start;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.wallet.Connection;
import io.walletsync.core.wallet.RegistryPorts;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/** The ports of this feature, and runs made with them. */
public interface SyncRunPorts extends RegistryPorts {
  Duration LONG = Duration.ofHours(1);

  SyncRuns syncRuns();

  /** Chunks of so many wallets, whose leases last. */
  static SyncRunPolicy chunksOf(int size) {
    return policy(size, LONG);
  }

  /** Chunks of so many wallets, whose holders are dead at once. */
  static SyncRunPolicy abandonedChunksOf(int size) {
    return policy(size, Duration.ZERO);
  }

  private static SyncRunPolicy policy(int size, Duration lease) {
    return new SyncRunPolicy(size, lease, 3, Duration.ZERO, Duration.ofSeconds(1), 3, 8, 1_000);
  }

  static Visibility only(Connection... connections) {
    return new Visibility(
        Set.of(
            Arrays.stream(connections)
                .map(connection -> connection.id().value())
                .toArray(UUID[]::new)));
  }

  static SyncRunFilter ofConnection(Connection connection) {
    return new SyncRunFilter.OfConnection(connection.id());
  }

  default SyncRun started(SyncRunFilter filter, Visibility visibility) {
    var provider =
        switch (filter) {
          case SyncRunFilter.OfConnection(var connection) ->
              connections().find(connection, Visibility.ALL).orElseThrow().provider();
          case SyncRunFilter.OfProvider(var only) -> only;
          case SyncRunFilter.OfOwner _, SyncRunFilter.All _ -> null;
        };
    var start = new Start(Examples.id(), filter, provider, visibility, Examples.actor());
    return transactions().inTransaction(() -> syncRuns().start(start));
  }

  default SyncRun started(Connection connection) {
    return started(ofConnection(connection), Visibility.ALL);
  }

  default Optional<Chunk> taken(SyncRun run, SyncRunPolicy policy) {
    return transactions().inTransaction(() -> syncRuns().take(run.id(), policy));
  }

  default boolean settled(Lease lease, Tally tally, Failure... failures) {
    return settled(lease, tally, 1_000, failures);
  }

  default boolean settled(Lease lease, Tally tally, int mostKept, Failure... failures) {
    return transactions()
        .inTransaction(() -> syncRuns().settle(lease, tally, List.of(failures), mostKept));
  }

  default Optional<SyncRun> finished(SyncRun run) {
    return transactions().inTransaction(() -> syncRuns().finish(run.id()));
  }

  default boolean cancelled(SyncRun run) {
    return transactions().inTransaction(() -> syncRuns().cancel(run.id()));
  }

  default SyncRun now(SyncRun run) {
    return syncRuns().find(run.id(), Visibility.ALL).orElseThrow();
  }

  /** Wallets of a connection, each with an account of its own. */
  default List<Wallet> wallets(Connection connection, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> registered(Examples.wallet(connection, "account" + i, Examples.NGN)))
        .toList();
  }

  /** A wallet that is held for somebody, in a state of its life. */
  default Wallet wallet(
      Connection connection, String ownerId, Wallet.Status status, Instant createdAt) {
    var fresh = Examples.wallet(connection, "account of " + UUID.randomUUID(), Examples.NGN);
    return registered(
        new Wallet(
            fresh.id(),
            fresh.connectionId(),
            fresh.provider(),
            fresh.providerAccountId(),
            new CurrencyCode("NGN"),
            ownerId,
            null,
            fresh.metadata(),
            status,
            createdAt,
            createdAt));
  }
}
