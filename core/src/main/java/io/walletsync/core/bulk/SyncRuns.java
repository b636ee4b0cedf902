package io.walletsync.core.bulk;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.kernel.Page;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Driven port: runs, how far each is, and the chunks of it that are being worked on. A run walks
 * the open wallets that were registered before it began, connection by connection, and keeps only
 * its position: nothing is stored for each wallet. What changes is called in an open transaction.
 */
public interface SyncRuns {
  /** A wallet counts as registered before a run where nodes' clocks may just be so far apart. */
  Duration CLOCKS_APART = Duration.ofSeconds(5);

  /** Keeps a new run, which begins now, and counts its wallets. */
  SyncRun start(Start start);

  /** A run that lies wholly within what the caller may see. */
  Optional<SyncRun> find(UUID run, Visibility visibility);

  /** Lists runs that lie wholly within what the caller may see, newest first. */
  Page<SyncRun> page(Query query);

  /** Lists the failures of a run that are kept, by the ids of their wallets. */
  Page<Failure> failures(UUID run, @Nullable WalletId after, int limit);

  /** The runs that go on, oldest first. */
  List<Active> active(int most);

  /** How many runs go on. */
  long countActive();

  /**
   * Takes a chunk of a run: first one whose lease ended, else the next wallets. Empty where the run
   * is over, all of it is taken, or somebody else is just taking from it.
   */
  Optional<Chunk> take(UUID run, SyncRunPolicy policy);

  /** Makes leases that still hold last for so long from now. */
  void renew(Collection<Lease> leases, Duration lease);

  /** Lets anybody take the chunk again after a while; nothing where the lease is lost. */
  void giveBack(Lease lease, Duration wait);

  /**
   * Ends a chunk and counts what became of it, also where the run was cancelled meanwhile. False,
   * and nothing changed, where the lease is lost.
   *
   * @param mostKept how many failures of the run are kept
   */
  boolean settle(Lease lease, Tally tally, List<Failure> failures, int mostKept);

  /** Completes a run of which nothing is left, and returns it; else empty. */
  Optional<SyncRun> finish(UUID run);

  /** Cancels a run that goes on. False, and nothing changed, where it is over. */
  boolean cancel(UUID run);

  /**
   * Deletes runs that have been over for longer than this, oldest first, each after its failures,
   * and returns how many rows of both went: at most so many. Fewer: none is left that nobody else
   * is at work on.
   */
  int forgetFinished(Duration olderThan, int atMost);

  /**
   * A run to keep.
   *
   * @param provider whom it asks, where that is one alone
   */
  record Start(
      UUID id,
      SyncRunFilter filter,
      @Nullable ProviderId provider,
      Visibility visibility,
      Actor actor) {}

  /**
   * What to list.
   *
   * @param state null for any
   * @param before the last run of the previous page
   */
  record Query(
      Visibility visibility, SyncRun.@Nullable State state, @Nullable UUID before, int limit) {}

  /**
   * A run that goes on.
   *
   * @param provider whom it asks; null where it may be several
   */
  record Active(UUID run, @Nullable ProviderId provider) {}

  /**
   * The right to count for a chunk.
   *
   * @param token tells it from a worker that took over
   */
  record Lease(UUID run, int number, UUID token) {}

  /**
   * Wallets that are synced together, in the order of their connections.
   *
   * @param attempt how often it was taken, this time included
   * @param startedAt the database's time when it was taken: any call made for it is later
   */
  record Chunk(Lease lease, Actor startedBy, List<Wallet> wallets, int attempt, Instant startedAt) {
    public Chunk {
      wallets = List.copyOf(wallets);
    }
  }

  /**
   * A wallet of which no balance was had.
   *
   * @param reason a code of ours
   * @param detail a sentence of ours
   * @param at when its chunk was settled
   */
  record Failure(WalletId wallet, String reason, String detail, Instant at) {}
}
