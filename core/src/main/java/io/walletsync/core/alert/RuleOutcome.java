package io.walletsync.core.alert;

import io.walletsync.core.rule.AlertKind;
import io.walletsync.core.rule.AlertRule;

/** What came of making or changing a rule. */
public sealed interface RuleOutcome {
  record Kept(AlertRule rule) implements RuleOutcome {}

  record Unknown() implements RuleOutcome {}

  /** The scope names a wallet that the caller may not see. */
  record UnknownWallet() implements RuleOutcome {}

  /** The scope names a connection that the caller may not see. */
  record UnknownConnection() implements RuleOutcome {}

  /** The condition speaks of another currency than the scope. */
  record OtherCurrency() implements RuleOutcome {}

  /**
   * The condition is about no single wallet, or about channels, which the scope does not choose.
   */
  record ScopeNotMeant(AlertKind kind) implements RuleOutcome {}

  /** It is seen, and who made it sees more. */
  record OfSomebodyElse() implements RuleOutcome {}

  /**
   * There are so many already.
   *
   * @param most of all, or of this API key
   */
  record TooMany(int most) implements RuleOutcome {}
}
