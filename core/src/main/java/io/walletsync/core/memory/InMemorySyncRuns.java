package io.walletsync.core.memory;

import io.walletsync.core.bulk.SyncRun;
import io.walletsync.core.bulk.SyncRunPolicy;
import io.walletsync.core.bulk.SyncRuns;
import io.walletsync.core.bulk.Tally;
import io.walletsync.core.kernel.Microseconds;
import io.walletsync.core.kernel.Page;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

final class InMemorySyncRuns implements SyncRuns {
  private static final Comparator<SyncRunRow> OLDEST_FIRST =
      Comparator.comparing(row -> row.run().id().toString());

  private final InMemoryTransactions transactions;
  private final InMemoryWallets wallets;
  private final InstantSource clock;
  private final Table<UUID, SyncRunRow> runs;
  private final Table<ChunkKey, ChunkRow> chunks;
  private final Table<FailureKey, Failure> failures;

  InMemorySyncRuns(
      InMemoryTransactions transactions, InMemoryWallets wallets, InstantSource clock) {
    this.transactions = transactions;
    this.wallets = wallets;
    this.clock = clock;
    this.runs = transactions.table();
    this.chunks = transactions.table();
    this.failures = transactions.table();
  }

  @Override
  public SyncRun start(Start start) {
    var now = now();
    var fresh =
        new SyncRun(
            start.id(),
            start.filter(),
            start.visibility(),
            start.actor(),
            now,
            0,
            Tally.NONE,
            SyncRun.State.RUNNING,
            null,
            now);
    var total = wallets.inWalkingOrder().filter(wallet -> reaches(fresh, wallet)).count();
    var row = new SyncRunRow(fresh, start.provider(), null, false, 0).totalling(total);
    runs.rows().put(start.id(), row);
    return row.run();
  }

  @Override
  public Optional<SyncRun> find(UUID run, Visibility visibility) {
    return transactions.inTransaction(
        () ->
            Optional.ofNullable(runs.rows().get(run))
                .filter(row -> row.isWithin(visibility))
                .map(row -> row.readAt(now())));
  }

  @Override
  public Page<SyncRun> page(Query query) {
    return transactions.inTransaction(
        () ->
            Page.of(
                runs.rows().values().stream()
                    .filter(row -> row.isWithin(query.visibility()))
                    .filter(row -> query.state() == null || row.run().state() == query.state())
                    .filter(row -> query.before() == null || row.isBefore(query.before()))
                    .sorted(OLDEST_FIRST.reversed())
                    .limit(query.limit() + 1L)
                    .map(row -> row.readAt(now()))
                    .toList(),
                query.limit()));
  }

  @Override
  public Page<Failure> failures(UUID run, @Nullable WalletId after, int limit) {
    return transactions.inTransaction(
        () ->
            Page.of(
                failures.rows().entrySet().stream()
                    .filter(entry -> entry.getKey().run().equals(run))
                    .map(entry -> entry.getValue())
                    .filter(failure -> after == null || failure.wallet().compareTo(after) > 0)
                    .sorted(Comparator.comparing(Failure::wallet))
                    .limit(limit + 1L)
                    .toList(),
                limit));
  }

  @Override
  public List<Active> active(int most) {
    return transactions.inTransaction(
        () ->
            running()
                .sorted(OLDEST_FIRST)
                .limit(most)
                .map(row -> new Active(row.run().id(), row.provider()))
                .toList());
  }

  @Override
  public long countActive() {
    return transactions.inTransaction(() -> running().count());
  }

  private Stream<SyncRunRow> running() {
    return runs.rows().values().stream().filter(SyncRunRow::isRunning);
  }

  @Override
  public Optional<Chunk> take(UUID run, SyncRunPolicy policy) {
    var row = runs.rows().get(run);
    if (row == null || !row.isRunning()) {
      return Optional.empty();
    }
    var now = now();
    var abandoned =
        chunks.rows().entrySet().stream()
            .filter(entry -> entry.getKey().run().equals(run))
            .filter(entry -> !entry.getValue().until().isAfter(now))
            .min(Comparator.comparingInt(entry -> entry.getKey().number()));
    return abandoned.isPresent()
        ? Optional.of(lease(row, abandoned.get().getKey(), abandoned.get().getValue(), policy))
        : cut(row, policy);
  }

  private Optional<Chunk> cut(SyncRunRow row, SyncRunPolicy policy) {
    if (row.isWalked()) {
      return Optional.empty();
    }
    var next =
        wallets
            .inWalkingOrder()
            .filter(wallet -> reaches(row.run(), wallet) && row.isAhead(wallet))
            .limit(policy.chunkSize() + 1L)
            .toList();
    var taken = next.subList(0, Math.min(next.size(), policy.chunkSize()));
    var moved = row.moved(taken, next.size() <= policy.chunkSize());
    runs.rows().put(row.run().id(), moved);
    if (taken.isEmpty()) {
      return Optional.empty();
    }
    var key = new ChunkKey(row.run().id(), moved.chunks());
    var ids = taken.stream().map(Wallet::id).toList();
    return Optional.of(lease(row, key, new ChunkRow(ids, key.run(), Instant.MIN, 0), policy));
  }

  private Chunk lease(SyncRunRow row, ChunkKey key, ChunkRow before, SyncRunPolicy policy) {
    var now = now();
    var token = UUID.randomUUID();
    var leased =
        new ChunkRow(before.wallets(), token, now.plus(policy.lease()), before.attempts() + 1);
    chunks.rows().put(key, leased);
    return new Chunk(
        new Lease(key.run(), key.number(), token),
        row.run().startedBy(),
        wallets.inWalkingOrder().filter(w -> leased.wallets().contains(w.id())).toList(),
        leased.attempts(),
        now);
  }

  private static boolean reaches(SyncRun run, Wallet wallet) {
    return !wallet.isClosed()
        && run.filter().includes(wallet)
        && run.visibility().includes(wallet.connectionId())
        && !wallet.createdAt().isAfter(run.createdAt().plus(CLOCKS_APART));
  }

  @Override
  public void renew(Collection<Lease> leases, Duration lease) {
    leases.forEach(held -> extend(held, lease));
  }

  @Override
  public void giveBack(Lease lease, Duration wait) {
    extend(lease, wait);
  }

  private void extend(Lease lease, Duration from) {
    if (holds(lease)) {
      chunks.rows().computeIfPresent(key(lease), (_, row) -> row.until(now().plus(from)));
    }
  }

  @Override
  public boolean settle(Lease lease, Tally tally, List<Failure> failed, int mostKept) {
    if (!holds(lease)) {
      return false;
    }
    chunks.rows().remove(key(lease));
    var row = runs.rows().get(lease.run());
    if (row == null) {
      throw new IllegalStateException("a chunk without a run");
    }
    runs.rows().put(lease.run(), row.counted(tally));
    var room = Math.max(0, mostKept - row.run().tally().failed());
    failed.stream()
        .limit(room)
        .forEach(it -> failures.rows().put(new FailureKey(lease.run(), it.wallet()), it));
    return true;
  }

  @Override
  public Optional<SyncRun> finish(UUID run) {
    var row = runs.rows().get(run);
    if (row == null
        || !row.isRunning()
        || !row.isWalked()
        || chunks.rows().keySet().stream().anyMatch(key -> key.run().equals(run))) {
      return Optional.empty();
    }
    var completed = row.completed(now());
    runs.rows().put(run, completed);
    return Optional.of(completed.readAt(now()));
  }

  @Override
  public boolean cancel(UUID run) {
    var row = runs.rows().get(run);
    if (row == null || !row.isRunning()) {
      return false;
    }
    runs.rows().put(run, row.ended(SyncRun.State.CANCELLED, now()));
    return true;
  }

  @Override
  public int forgetFinished(Duration olderThan, int atMost) {
    var limit = now().minus(olderThan);
    var over =
        runs.rows().values().stream()
            .filter(row -> !row.end().isAfter(limit))
            .sorted(Comparator.comparing(SyncRunRow::end))
            .map(row -> row.run().id())
            .limit(atMost)
            .toList();
    var failed =
        failures.rows().keySet().stream()
            .filter(key -> over.contains(key.run()))
            .limit(atMost)
            .toList();
    failures.rows().keySet().removeAll(failed);
    var gone = over.subList(0, Math.min(over.size(), atMost - failed.size()));
    chunks.rows().keySet().removeIf(key -> gone.contains(key.run()));
    runs.rows().keySet().removeAll(gone);
    return failed.size() + gone.size();
  }

  private boolean holds(Lease lease) {
    var row = chunks.rows().get(key(lease));
    return row != null && row.token().equals(lease.token());
  }

  private static ChunkKey key(Lease lease) {
    return new ChunkKey(lease.run(), lease.number());
  }

  private Instant now() {
    return Microseconds.cut(clock.instant());
  }

  private record ChunkKey(UUID run, int number) {}

  private record FailureKey(UUID run, WalletId wallet) {}

  private record ChunkRow(List<WalletId> wallets, UUID token, Instant until, int attempts) {
    ChunkRow until(Instant newUntil) {
      return new ChunkRow(wallets, token, newUntil, attempts);
    }
  }
}
