package io.walletsync.core.memory;

import io.walletsync.core.bulk.SyncRun;
import io.walletsync.core.bulk.SyncRunFilter.OfConnection;
import io.walletsync.core.bulk.Tally;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A run as it is stored: with its position in the walk. */
record SyncRunRow(
    SyncRun run,
    @Nullable ProviderId provider,
    @Nullable Wallet last,
    boolean isWalked,
    int chunks) {
  boolean isRunning() {
    return run.state() == SyncRun.State.RUNNING;
  }

  /** When it was over; never yet while it goes on. */
  Instant end() {
    var finishedAt = run.finishedAt();
    return finishedAt == null ? Instant.MAX : finishedAt;
  }

  boolean isBefore(UUID other) {
    return run.id().toString().compareTo(other.toString()) < 0;
  }

  boolean isAhead(Wallet wallet) {
    return last == null || InMemoryWallets.WALKING_ORDER.compare(wallet, last) > 0;
  }

  boolean isWithin(Visibility viewer) {
    var seen = viewer.connections();
    var reached = run.visibility().connections();
    return seen == null
        || (run.filter() instanceof OfConnection(var only) && viewer.includes(only))
        || (reached != null && seen.containsAll(reached));
  }

  SyncRun readAt(Instant now) {
    return with(run.total(), run.tally(), run.state(), run.finishedAt(), now).run();
  }

  SyncRunRow totalling(long total) {
    return with(total, run.tally(), run.state(), null, run.readAt());
  }

  SyncRunRow moved(List<Wallet> taken, boolean toTheEnd) {
    return taken.isEmpty()
        ? new SyncRunRow(run, provider, last, toTheEnd, chunks)
        : new SyncRunRow(run, provider, taken.getLast(), toTheEnd, chunks + 1);
  }

  SyncRunRow counted(Tally more) {
    var tally = run.tally().plus(more);
    return with(
        Math.max(run.total(), tally.done()), tally, run.state(), run.finishedAt(), run.readAt());
  }

  SyncRunRow completed(Instant now) {
    var gone = new Tally(0, 0, 0, run.remaining());
    return counted(gone).ended(SyncRun.State.COMPLETED, now);
  }

  SyncRunRow ended(SyncRun.State state, Instant now) {
    return with(run.total(), run.tally(), state, now, now);
  }

  private SyncRunRow with(
      long total, Tally tally, SyncRun.State state, @Nullable Instant finishedAt, Instant readAt) {
    return new SyncRunRow(
        new SyncRun(
            run.id(),
            run.filter(),
            run.visibility(),
            run.startedBy(),
            run.createdAt(),
            total,
            tally,
            state,
            finishedAt,
            readAt),
        provider,
        last,
        isWalked,
        chunks);
  }
}
