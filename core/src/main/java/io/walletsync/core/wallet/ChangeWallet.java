package io.walletsync.core.wallet;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.kernel.Microseconds;
import io.walletsync.core.kernel.Transactions;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Use case: change what may change of a wallet: its metadata, its schedule and whether it runs. */
public final class ChangeWallet {
  private final Wallets wallets;
  private final Transactions transactions;
  private final Auditor auditor;
  private final InstantSource clock;

  public ChangeWallet(
      Wallets wallets, Transactions transactions, Auditor auditor, InstantSource clock) {
    this.wallets = wallets;
    this.transactions = transactions;
    this.auditor = auditor;
    this.clock = clock;
  }

  /**
   * Throws {@link io.walletsync.core.kernel.InvalidValue} if the merged metadata grows too large.
   */
  public Outcome change(Command command) {
    return transactions.inTransaction(() -> changeLocked(command));
  }

  private Outcome changeLocked(Command command) {
    var wallet = wallets.lock(command.wallet(), command.visibility()).orElse(null);
    if (wallet == null) {
      return new Outcome.Unknown();
    }
    if (wallet.isClosed()) {
      return new Outcome.Closed();
    }
    var status = command.paused() == null ? wallet.status() : statusOf(command.paused());
    var metadata = wallet.metadata().merge(command.metadata());
    var schedule = ScheduleChange.apply(command.schedule(), wallet.schedule());
    if (status == wallet.status()
        && metadata.equals(wallet.metadata())
        && Objects.equals(schedule, wallet.schedule())) {
      return new Outcome.Changed(wallet);
    }
    var changed =
        wallet.with(status, metadata, Microseconds.cut(clock.instant())).scheduled(schedule);
    wallets.update(changed);
    auditor.append(
        auditor.entry(
            command.actor(),
            "change_wallet",
            "wallet",
            changed.id().value(),
            changed.connectionId().value(),
            "changed",
            AuditEntry.facts(
                "status",
                status.name().toLowerCase(Locale.ROOT),
                "schedule",
                SyncSchedule.text(schedule),
                "metadata_names",
                String.join(",", command.metadata().keySet()))));
    return new Outcome.Changed(changed);
  }

  private static Wallet.Status statusOf(boolean paused) {
    return paused ? Wallet.Status.PAUSED : Wallet.Status.ACTIVE;
  }

  /**
   * What to change.
   *
   * @param paused null to leave it as it is
   * @param metadata entries to set; a null value removes the entry
   * @param schedule null to leave it as it is
   */
  public record Command(
      Actor actor,
      Visibility visibility,
      WalletId wallet,
      @Nullable Boolean paused,
      Map<String, @Nullable String> metadata,
      @Nullable ScheduleChange schedule) {
    // spelt out, for the compact form loses the annotation in the map's type
    public Command(
        Actor actor,
        Visibility visibility,
        WalletId wallet,
        @Nullable Boolean paused,
        Map<String, @Nullable String> metadata,
        @Nullable ScheduleChange schedule) {
      this.actor = actor;
      this.visibility = visibility;
      this.wallet = wallet;
      this.paused = paused;
      this.metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
      this.schedule = schedule;
    }

    /** Leaves the schedule as it is. */
    public Command(
        Actor actor,
        Visibility visibility,
        WalletId wallet,
        @Nullable Boolean paused,
        Map<String, @Nullable String> metadata) {
      this(actor, visibility, wallet, paused, metadata, null);
    }
  }

  /** What came of it. */
  public sealed interface Outcome {
    record Changed(Wallet wallet) implements Outcome {}

    record Closed() implements Outcome {}

    record Unknown() implements Outcome {}
  }
}
