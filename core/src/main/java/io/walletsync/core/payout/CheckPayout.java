package io.walletsync.core.payout;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.balance.BalanceHistory;
import io.walletsync.core.balance.BalanceSnapshots;
import io.walletsync.core.balance.BalanceSnapshots.WalletBalance;
import io.walletsync.core.balance.LatestBalance;
import io.walletsync.core.balance.Source;
import io.walletsync.core.kernel.DatabaseClock;
import io.walletsync.core.kernel.Ids;
import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.money.Money;
import io.walletsync.core.movement.Movements;
import io.walletsync.core.payout.Reservation.Made;
import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.sync.ReadAndRecord.Result;
import io.walletsync.core.sync.SyncWallets;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Use case: can this wallet pay that much, and if so set it aside. The provider is asked first
 * where the balance is too old; yes is only said under the wallet's lock, of a balance that is
 * young enough and not in doubt, for money that is set aside for nothing else.
 */
public final class CheckPayout {
  public static final Duration USUAL_AGE = Duration.ofMinutes(1);
  public static final Duration OLDEST = Duration.ofMinutes(10);
  public static final Duration USUAL_TIME = Duration.ofHours(1);
  public static final Duration LONGEST_TIME = Duration.ofDays(30);

  private final BalanceSnapshots snapshots;
  private final Reservations reservations;
  private final CoverReservations coverReservations;
  private final SyncWallets syncWallets;
  private final Transactions transactions;
  private final PayoutAudit audit;
  private final Ids ids;

  public CheckPayout(
      BalanceSnapshots snapshots,
      Reservations reservations,
      BalanceHistory history,
      Movements movements,
      SyncWallets syncWallets,
      Transactions transactions,
      Auditor auditor,
      Ids ids) {
    this.snapshots = snapshots;
    this.reservations = reservations;
    this.audit = new PayoutAudit(auditor);
    this.coverReservations = new CoverReservations(reservations, history, movements, audit);
    this.syncWallets = syncWallets;
    this.transactions = transactions;
    this.ids = ids;
  }

  /** Returns when everything is committed. */
  public Outcome check(Command command) {
    var found = snapshots.latest(command.wallet(), command.visibility()).orElse(null);
    if (found == null) {
      return new Outcome.UnknownWallet();
    }
    if (found.wallet().isClosed()) {
      return new Outcome.WalletClosed();
    }
    var cameAt = found.readAt();
    var failure =
        needsSync(command, found)
            ? sync(command, found.wallet(), DatabaseClock.startedAt(cameAt))
            : null;
    return transactions.inTransaction(() -> checkLocked(command, cameAt, failure));
  }

  /** Not for a payout that is over or sent: no balance changes what is said of it. */
  private boolean needsSync(Command command, WalletBalance found) {
    var latest = found.latest().orElse(null);
    return (latest == null
            || isBefore(latest, reservations.lastReleaseInDoubt(command.wallet()))
            || age(latest, found.readAt()).compareTo(command.maxAge()) > 0)
        && reservations
            .under(command.wallet(), command.reference())
            .map(it -> it.state() == Reservation.State.HELD)
            .orElse(true);
  }

  /** Whether it may lack the outflow of a payout that was released and may have left. */
  private static boolean isBefore(LatestBalance latest, Optional<Instant> release) {
    return release.filter(at -> !latest.confirmedByCallStartedAt().isAfter(at)).isPresent();
  }

  /** By a call that starts now; null where it brought an answer of whatever kind. */
  private @Nullable ProviderFailure sync(Command command, Wallet wallet, DatabaseClock clock) {
    var results =
        syncWallets.sync(
            new SyncWallets.Command(
                wallet.connectionId(), List.of(wallet), Source.API, command.actor(), clock));
    return results.map(List::getFirst).orElse(null) instanceof Result.Failed(var failure)
        ? failure
        : null;
  }

  private Outcome checkLocked(Command command, Instant cameAt, @Nullable ProviderFailure failure) {
    var locked = snapshots.lock(new LinkedHashSet<>(List.of(command.wallet())));
    var now = locked.lockedAt();
    var wallet = locked.byId().get(command.wallet());
    if (wallet == null) {
      return new Outcome.UnknownWallet();
    }
    if (wallet.wallet().isClosed()) {
      return new Outcome.WalletClosed();
    }
    var open = coverReservations.cover(wallet, now);
    var amount = new Money(command.amount(), wallet.wallet().currency());
    var known = reservations.under(command.wallet(), command.reference()).orElse(null);
    if (known != null && !known.amount().equals(amount)) {
      return new Outcome.ReferenceReused(known);
    }
    var release = reservations.lastReleaseInDoubt(command.wallet());
    var lacksOutflow = wallet.latest().filter(latest -> isBefore(latest, release)).isPresent();
    var reckoning = new Reckoning(wallet, now, cameAt, command.maxAge(), lacksOutflow, open, known);
    var reason = reckoning.reason(amount);
    if (reason != null || known != null || !command.reserves()) {
      return new Outcome.Answered(reckoning.answer(amount, reason, failure, known), now);
    }
    var made = reservation(command, amount, wallet, now);
    reservations.add(made);
    audit.reserved(command.actor(), wallet.wallet(), made);
    return new Outcome.Answered(reckoning.answer(amount, null, null, made), now);
  }

  private Reservation reservation(
      Command command, Money amount, WalletBalance wallet, Instant now) {
    var sequence = wallet.latest().orElseThrow().snapshot().sequence();
    return new Reservation(
        ids.next(),
        command.wallet(),
        command.reference(),
        amount,
        new Made(now, command.actor().name(), sequence),
        now.plus(command.expectedWithin()),
        sequence,
        null,
        null);
  }

  static Duration age(LatestBalance latest, Instant now) {
    var age = Duration.between(latest.confirmedByCallStartedAt(), now);
    return age.isNegative() ? Duration.ZERO : age;
  }

  /** Returns the age if a balance may be so old. */
  public static Duration checkedAge(Duration age) {
    if (age.compareTo(OLDEST) > 0) {
      throw new InvalidValue("must be a duration of PT0S to " + OLDEST);
    }
    return age;
  }

  /** Returns the time if a payout may take so long. */
  public static Duration checkedTime(Duration time) {
    if (time.compareTo(Duration.ofSeconds(1)) < 0 || time.compareTo(LONGEST_TIME) > 0) {
      throw new InvalidValue("must be a duration of PT1S to P30D");
    }
    return time;
  }

  /**
   * What is asked.
   *
   * @param amount in the wallet's currency
   * @param reference the business's name of the payout
   * @param reserves whether to set the money aside if it can be paid
   * @param maxAge how long ago the provider may have been asked for the balance
   * @param expectedWithin when the payout should be over
   */
  public record Command(
      Actor actor,
      Visibility visibility,
      WalletId wallet,
      BigDecimal amount,
      String reference,
      boolean reserves,
      Duration maxAge,
      Duration expectedWithin) {}

  /** What came of it. */
  public sealed interface Outcome {
    record Answered(PayoutAnswer answer, Instant at) implements Outcome {}

    /** The reference stands for a payout of another amount. */
    record ReferenceReused(Reservation reservation) implements Outcome {}

    record WalletClosed() implements Outcome {}

    record UnknownWallet() implements Outcome {}
  }
}
