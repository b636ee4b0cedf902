package io.walletsync.core.analytics;

import io.walletsync.core.balance.BalanceHistory;
import io.walletsync.core.balance.BalanceSnapshots;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Use case: the available balance of a wallet over a period, in buckets of the local calendar. Of
 * what has not passed yet it says nothing.
 */
public final class AnalyzeBalance {
  public static final int MOST_BUCKETS = 1_000;
  public static final Duration LONGEST = Duration.ofDays(3_660);

  private static final Duration USUAL = Duration.ofDays(30);

  private final BalanceSnapshots snapshots;
  private final BalanceHistory history;

  public AnalyzeBalance(BalanceSnapshots snapshots, BalanceHistory history) {
    this.snapshots = snapshots;
    this.history = history;
  }

  public Outcome analyze(Query query) {
    var found = snapshots.latest(query.wallet(), query.visibility()).orElse(null);
    if (found == null) {
      return new Outcome.UnknownWallet();
    }
    var now = found.readAt();
    var to = query.to() == null || query.to().isAfter(now) ? now : query.to();
    var from = query.from() == null ? to.minus(USUAL) : query.from();
    if (!from.isBefore(to)) {
      return new Outcome.NotBegun();
    }
    var period = new Period(from, to);
    if (period.length().compareTo(LONGEST) > 0) {
      return new Outcome.TooLong();
    }
    var pieces = query.bucket().cut(period, query.zone(), MOST_BUCKETS + 1);
    return pieces.size() > MOST_BUCKETS
        ? new Outcome.TooLong()
        : analyze(found.wallet(), period, pieces);
  }

  private Outcome analyze(Wallet wallet, Period period, List<Period> pieces) {
    var decimals = wallet.currency().writtenDecimals();
    var curve = new Curve(pieces, decimals);
    var whole = new Curve(List.of(period), decimals);
    history.trace(
        wallet.id(),
        period.from(),
        period.to(),
        point -> {
          curve.accept(point);
          whole.accept(point);
        });
    return new Outcome.Analyzed(wallet, whole.buckets().getFirst(), curve.buckets());
  }

  /**
   * What to analyze.
   *
   * @param from null for 30 days before the end
   * @param to null for now
   */
  public record Query(
      WalletId wallet,
      Visibility visibility,
      @Nullable Instant from,
      @Nullable Instant to,
      BucketSize bucket,
      ZoneId zone) {}

  /** What became of the question. */
  public sealed interface Outcome {
    /** The period as a whole, and cut into buckets. */
    record Analyzed(Wallet wallet, Bucket whole, List<Bucket> buckets) implements Outcome {}

    /** The period is longer than allowed, or has too many buckets. */
    record TooLong() implements Outcome {}

    /** The period is empty, or lies in the future. */
    record NotBegun() implements Outcome {}

    record UnknownWallet() implements Outcome {}
  }
}
