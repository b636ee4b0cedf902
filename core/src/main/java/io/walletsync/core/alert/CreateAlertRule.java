package io.walletsync.core.alert;

import io.walletsync.core.alert.RuleLimits.Limited;
import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.kernel.Ids;
import io.walletsync.core.kernel.Microseconds;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.rule.AlertRule;
import io.walletsync.core.rule.AlertRules;
import io.walletsync.core.rule.AlertScope;
import io.walletsync.core.rule.Condition;
import io.walletsync.core.rule.Maker;
import io.walletsync.core.rule.Severity;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallets;
import java.time.InstantSource;

/**
 * Use case: make a rule. It meets the balances as they are: a rule about one wallet at once, others
 * in the next round.
 */
public final class CreateAlertRule {
  /** Each is asked about each balance that changes. */
  public static final int MOST = 1_000;

  /** So that one key that is limited to some connections leaves room for the others. */
  public static final int MOST_OF_A_LIMITED_KEY = 100;

  private final AlertRules rules;
  private final RuleLimits limits;
  private final LookAtRules lookAtRules;
  private final Transactions transactions;
  private final AlertAudit audit;
  private final Ids ids;
  private final InstantSource clock;

  public CreateAlertRule(
      AlertRules rules,
      Wallets wallets,
      Connections connections,
      LookAtRules lookAtRules,
      Transactions transactions,
      Auditor auditor,
      Ids ids,
      InstantSource clock) {
    this.rules = rules;
    this.limits = new RuleLimits(wallets, connections);
    this.lookAtRules = lookAtRules;
    this.transactions = transactions;
    this.audit = new AlertAudit(auditor);
    this.ids = ids;
    this.clock = clock;
  }

  public RuleOutcome create(Command command) {
    var outcome = transactions.inTransaction(() -> createInTransaction(command));
    if (outcome instanceof RuleOutcome.Kept(var rule)
        && rule.enabled()
        && rule.scope().wallet() != null) {
      // after the commit: whoever records from now on knows the rule
      lookAtRules.lookNow(rule);
    }
    return outcome;
  }

  private RuleOutcome createInTransaction(Command command) {
    return switch (limits.of(command.scope(), command.condition(), command.visibility())) {
      case Limited.UnknownWallet() -> new RuleOutcome.UnknownWallet();
      case Limited.UnknownConnection() -> new RuleOutcome.UnknownConnection();
      case Limited.OtherCurrency() -> new RuleOutcome.OtherCurrency();
      case Limited.ScopeNotMeant(var kind) -> new RuleOutcome.ScopeNotMeant(kind);
      case Limited.To(var limit) -> {
        if (rules.count() >= MOST) {
          yield new RuleOutcome.TooMany(MOST);
        }
        if (command.visibility().connections() != null
            && rules.countOf(command.actor().id()) >= MOST_OF_A_LIMITED_KEY) {
          yield new RuleOutcome.TooMany(MOST_OF_A_LIMITED_KEY);
        }
        var now = Microseconds.cut(clock.instant());
        var rule =
            rules.add(
                new AlertRule(
                    ids.next(),
                    command.name(),
                    command.severity(),
                    command.enabled(),
                    command.scope(),
                    limit,
                    command.condition(),
                    new Maker(command.actor().id(), command.visibility()),
                    1,
                    now,
                    true,
                    null,
                    now,
                    now));
        audit.rule(command.actor(), "create_alert_rule", rule, "created");
        yield new RuleOutcome.Kept(rule);
      }
    };
  }

  /** What to watch. */
  public record Command(
      Actor actor,
      Visibility visibility,
      String name,
      Severity severity,
      boolean enabled,
      AlertScope scope,
      Condition condition) {}
}
