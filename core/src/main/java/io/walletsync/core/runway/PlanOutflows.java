package io.walletsync.core.runway;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.balance.BalanceSnapshots;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.money.Money;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Use case: say what is to leave a wallet. It takes the place of all that was said before; said
 * again it changes nothing.
 */
public final class PlanOutflows {
  private final BalanceSnapshots snapshots;
  private final OutflowPlans plans;
  private final Transactions transactions;
  private final Auditor auditor;

  public PlanOutflows(
      BalanceSnapshots snapshots, OutflowPlans plans, Transactions transactions, Auditor auditor) {
    this.snapshots = snapshots;
    this.plans = plans;
    this.transactions = transactions;
    this.auditor = auditor;
  }

  public Outcome plan(Command command) {
    return transactions.inTransaction(() -> planInTransaction(command));
  }

  private Outcome planInTransaction(Command command) {
    var locked = snapshots.lock(new LinkedHashSet<>(List.of(command.wallet())));
    var found = locked.byId().get(command.wallet());
    if (found == null || !command.visibility().includes(found.wallet().connectionId())) {
      return new Outcome.UnknownWallet();
    }
    if (found.wallet().isClosed()) {
      return new Outcome.WalletClosed();
    }
    var plan = plan(command, found.wallet(), locked.lockedAt());
    var before = plans.find(Set.of(command.wallet())).get(command.wallet());
    if (before != null && before.saysTheSameAs(plan)) {
      return new Outcome.Planned(before);
    }
    plans.replace(plan);
    auditor.append(entry(command.actor(), found.wallet(), plan));
    return new Outcome.Planned(plan);
  }

  private static OutflowPlan plan(Command command, Wallet wallet, Instant now) {
    var currency = wallet.currency();
    return new OutflowPlan(
        wallet.id(),
        new Money(command.minimum(), currency),
        command.rows().stream()
            .map(row -> new PlannedOutflow(row.at(), new Money(row.amount(), currency), row.name()))
            .toList(),
        now,
        command.actor().name());
  }

  private AuditEntry entry(Actor actor, Wallet wallet, OutflowPlan plan) {
    var total =
        plan.outflows().stream()
            .map(outflow -> outflow.amount().amount())
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return auditor.entry(
        actor,
        "plan_outflows",
        "outflow_plan",
        wallet.id().value(),
        wallet.connectionId().value(),
        "replaced",
        AuditEntry.facts(
            "wallet_id", wallet.id().toString(),
            "outflows", Integer.toString(plan.outflows().size()),
            "total", wallet.currency().write(total),
            "minimum", plan.minimum().toDecimalString(),
            "currency", wallet.currency().value()));
  }

  /**
   * What is planned.
   *
   * @param minimum what shall stay in the wallet, in its currency
   * @param rows none of them with the name of another
   */
  public record Command(
      Actor actor, Visibility visibility, WalletId wallet, BigDecimal minimum, List<Row> rows) {
    public Command {
      rows = List.copyOf(rows);
    }
  }

  /** One outflow, in the wallet's currency. */
  public record Row(Instant at, BigDecimal amount, String name) {}

  /** What came of it. */
  public sealed interface Outcome {
    /** As planned, now or before. */
    record Planned(OutflowPlan plan) implements Outcome {}

    record WalletClosed() implements Outcome {}

    record UnknownWallet() implements Outcome {}
  }
}
