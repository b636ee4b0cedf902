package io.walletsync.core.balance;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.balance.QuarantinedReading.End;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.wallet.Visibility;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Use case: a person decides whether a reading that was not believed is a balance after all. */
public final class SettleQuarantinedReading {
  private final QuarantinedReadings readings;
  private final BalanceSnapshots snapshots;
  private final RecordBalances recordBalances;
  private final Transactions transactions;
  private final Auditor auditor;

  public SettleQuarantinedReading(
      QuarantinedReadings readings,
      BalanceSnapshots snapshots,
      RecordBalances recordBalances,
      Transactions transactions,
      Auditor auditor) {
    this.readings = readings;
    this.snapshots = snapshots;
    this.recordBalances = recordBalances;
    this.transactions = transactions;
    this.auditor = auditor;
  }

  public Outcome settle(Command command) {
    return transactions.inTransaction(() -> settleInTransaction(command));
  }

  private Outcome settleInTransaction(Command command) {
    var found = readings.find(command.reading(), command.visibility()).orElse(null);
    if (found == null) {
      return new Outcome.Unknown();
    }
    var locked = snapshots.lock(new LinkedHashSet<>(List.of(found.walletId())));
    // read again: what was found before the lock may have been settled meanwhile
    var reading = readings.find(command.reading(), command.visibility()).orElse(null);
    if (reading == null) {
      return new Outcome.Unknown();
    }
    var resolution = reading.resolution();
    if (resolution != null) {
      return resolution.end() == command.decision().end
          ? new Outcome.Settled(reading)
          : new Outcome.SettledOtherwise(reading);
    }
    return switch (command.decision()) {
      case REJECT -> reject(command, reading, locked.lockedAt());
      case RELEASE -> release(command, reading);
    };
  }

  private Outcome reject(Command command, QuarantinedReading reading, Instant now) {
    var rejected = reading.settled(End.REJECTED, now, command.actor().name(), command.note());
    recordBalances.saveDoubts(List.of(rejected));
    audit(command, rejected, "reject_reading", "rejected");
    return new Outcome.Settled(rejected);
  }

  private Outcome release(Command command, QuarantinedReading reading) {
    var observation =
        new Observation(
            reading.walletId(),
            reading.balance(),
            reading.externalId(),
            reading.providerTime(),
            reading.callStartedAt(),
            reading.observedAt(),
            reading.source(),
            reading.metadata(),
            command.actor(),
            null,
            null,
            new Look.Accepted(command.note()));
    return switch (recordBalances.record(List.of(observation)).getFirst()) {
      case Recorded.WalletClosed() -> new Outcome.WalletClosed();
      case Recorded.Answer _ -> {
        var released = readings.find(reading.readingId(), Visibility.ALL).orElseThrow();
        audit(command, released, "release_reading", "released");
        yield new Outcome.Settled(released);
      }
      case Recorded.TakenOver _, Recorded.Strange _, Recorded.Quarantined _ ->
          throw new IllegalStateException("a reading that a person vouches for is recorded");
    };
  }

  private void audit(Command command, QuarantinedReading reading, String action, String outcome) {
    auditor.append(
        auditor.entry(
            command.actor(),
            action,
            "quarantined_reading",
            reading.walletId().value(),
            reading.connectionId().value(),
            outcome,
            AuditEntry.facts(
                "reading_id", reading.readingId().toString(),
                "wallet_id", reading.walletId().toString(),
                "reason", reading.reason().code(),
                "balance", reading.balance().available().toDecimalString(),
                "currency", reading.balance().currency().value(),
                "note", command.note())));
  }

  /** What a person can decide. */
  public enum Decision {
    /** It is right: record it. */
    RELEASE(End.RELEASED),
    /** It is wrong: the balance before it stands. */
    REJECT(End.REJECTED);

    private final End end;

    Decision(End end) {
      this.end = end;
    }
  }

  /** What is decided, by whom and why. */
  public record Command(
      Actor actor, Visibility visibility, UUID reading, Decision decision, @Nullable String note) {}

  /** What came of it. */
  public sealed interface Outcome {
    /** As decided, now or before. */
    record Settled(QuarantinedReading reading) implements Outcome {}

    /** It had ended in another way already; nothing changed. */
    record SettledOtherwise(QuarantinedReading reading) implements Outcome {}

    record WalletClosed() implements Outcome {}

    record Unknown() implements Outcome {}
  }
}
