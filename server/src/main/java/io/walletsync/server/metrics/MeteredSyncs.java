package io.walletsync.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.walletsync.core.balance.Recorded;
import io.walletsync.core.balance.Source;
import io.walletsync.core.balance.Strangeness;
import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.provider.ProviderFailure.Reason;
import io.walletsync.core.sync.ReadAndRecord.Result;
import io.walletsync.core.sync.SyncObserver;
import io.walletsync.core.sync.SyncWalletBalance.Outcome;
import io.walletsync.core.wallet.Wallet;
import java.time.Duration;
import java.util.Locale;

/** Counts and times syncs. Labels never name a wallet. */
final class MeteredSyncs implements SyncObserver {
  private final MeterRegistry registry;
  private final Meter.MeterProvider<Timer> durations;
  private final Counter replays;
  private final Counter conflicts;

  MeteredSyncs(MeterRegistry registry) {
    this.registry = registry;
    durations =
        Timer.builder("walletsync.sync.duration")
            .serviceLevelObjectives(Buckets.SECONDS)
            .withRegistry(registry);
    replays = registry.counter("walletsync.idempotent.replays");
    conflicts = registry.counter("walletsync.external.id.conflicts");
  }

  @Override
  public void broke(Wallet wallet, Source source, Duration took) {
    attempt(wallet, source, "error", took);
  }

  @Override
  public void finished(Wallet wallet, Source source, Outcome outcome, Duration took) {
    attempt(wallet, source, label(outcome), took);
    if (outcome instanceof Outcome.Replayed) {
      replays.increment();
    }
    // only the sync can tell: the call itself brought what the provider has
    if (outcome instanceof Outcome.ProviderFailed(var failure)) {
      countMissing(wallet, failure);
    }
    if (outcome instanceof Outcome.Synced(var answer, _)) {
      count(wallet, answer);
    }
  }

  @Override
  public void read(Wallet wallet, Source source, Result result, Duration took) {
    switch (result) {
      case Result.Failed(var failure) -> {
        attempt(wallet, source, "failed", took);
        countMissing(wallet, failure);
      }
      case Result.Done(Recorded.Answer answer) -> {
        attempt(wallet, source, answer.verdict().code(), took);
        count(wallet, answer);
      }
      case Result.Done(Recorded.Quarantined _) ->
          attempt(wallet, source, Recorded.Verdict.QUARANTINED.code(), took);
      case Result.Done(Recorded.WalletClosed()) -> attempt(wallet, source, "wallet_closed", took);
      case Result.Done(Recorded.TakenOver()) -> attempt(wallet, source, "taken_over", took);
      case Result.Done(Recorded.Strange _) ->
          throw new IllegalStateException("nothing strange is left");
    }
  }

  @Override
  public void lookedAgain(Wallet wallet, Strangeness reason, Result result) {
    var outcome = result instanceof Result.Done(Recorded.Quarantined _) ? "quarantined" : "settled";
    registry
        .counter(
            "walletsync.strange.readings",
            "provider",
            wallet.provider().value(),
            "reason",
            reason.code(),
            "outcome",
            outcome)
        .increment();
  }

  private void countMissing(Wallet wallet, ProviderFailure failure) {
    if (failure.reason() == Reason.CURRENCY_MISSING) {
      new ProviderFailures(registry).count(wallet.provider(), failure.reason());
    }
  }

  private void attempt(Wallet wallet, Source source, String outcome, Duration took) {
    var provider = wallet.provider().value();
    var trigger = source.name().toLowerCase(Locale.ROOT);
    registry
        .counter(
            "walletsync.sync.attempts",
            "provider",
            provider,
            "trigger",
            trigger,
            "outcome",
            outcome)
        .increment();
    durations.withTags("provider", provider, "trigger", trigger).record(took);
  }

  private void count(Wallet wallet, Recorded.Answer answer) {
    if (answer.verdict() == Recorded.Verdict.CREATED) {
      registry
          .counter(
              "walletsync.balance.changes",
              "provider",
              wallet.provider().value(),
              "currency",
              wallet.currency().value())
          .increment();
    }
    if (answer.externalIdConflict()) {
      conflicts.increment();
    }
  }

  private static String label(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Synced(var answer, _) -> answer.verdict().code();
      case Outcome.Replayed _ -> "replayed";
      case Outcome.InFlight _ -> "in_flight";
      case Outcome.KeyReused _ -> "key_reused";
      case Outcome.NonceReused _ -> "nonce_reused";
      case Outcome.UnknownWallet _ -> "unknown_wallet";
      case Outcome.WalletClosed _ -> "wallet_closed";
      case Outcome.ProviderFailed _ -> "failed";
    };
  }
}
