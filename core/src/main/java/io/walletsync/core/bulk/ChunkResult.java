package io.walletsync.core.bulk;

import io.walletsync.core.balance.Recorded;
import io.walletsync.core.balance.Recorded.Verdict;
import io.walletsync.core.bulk.SyncRuns.Failure;
import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.sync.ReadAndRecord.Result;
import io.walletsync.core.wallet.Wallet;
import java.time.Instant;
import java.util.List;

/** What a sync of one wallet counts as in its run. */
record ChunkResult(Tally tally, List<Failure> failures) {
  static final ChunkResult SKIPPED = of(new Tally(0, 0, 0, 1));
  private static final ChunkResult CHANGED = of(new Tally(1, 0, 0, 0));
  private static final ChunkResult UNCHANGED = of(new Tally(0, 1, 0, 0));
  private static final Tally FAILED = new Tally(0, 0, 1, 0);

  private static ChunkResult of(Tally tally) {
    return new ChunkResult(tally, List.of());
  }

  static ChunkResult of(Wallet wallet, Result result, Instant now) {
    return switch (result) {
      case Result.Failed(var failure) ->
          failed(wallet, failure.reason().code(), failure.detail(), now);
      case Result.Done(Recorded.Answer answer) ->
          answer.verdict() == Verdict.CREATED ? CHANGED : UNCHANGED;
      case Result.Done(Recorded.Quarantined _) ->
          failed(
              wallet,
              ProviderFailure.Reason.IN_DOUBT.code(),
              "What the provider says is too strange to be believed, and waits in quarantine.",
              now);
      case Result.Done(Recorded.WalletClosed()) -> SKIPPED;
      case Result.Done(Recorded.TakenOver _), Result.Done(Recorded.Strange _) ->
          throw new IllegalStateException(
              "no request waits for this sync, and nothing strange is left");
    };
  }

  static ChunkResult broken(Wallet wallet, Instant now) {
    return failed(wallet, "internal_error", "The sync broke, again and again.", now);
  }

  private static ChunkResult failed(Wallet wallet, String reason, String detail, Instant now) {
    return new ChunkResult(FAILED, List.of(new Failure(wallet.id(), reason, detail, now)));
  }
}
