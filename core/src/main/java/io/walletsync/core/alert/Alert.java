package io.walletsync.core.alert;

import io.walletsync.core.judgement.Judgement;
import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.rule.AlertKind;
import io.walletsync.core.rule.AlertRule;
import io.walletsync.core.rule.Severity;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.WalletId;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Something that a rule found, from when it began to hold until it was over. What was found stays
 * as it was; what became of it is written beside it.
 *
 * @param visibleTo the connections a caller must see all of; null for callers that see everything
 * @param holds whether the condition goes on, also after a person resolved it: until it was over
 *     once, the rule opens no other alert about the subject
 * @param previous what was so before, as a text; null where that is not known or says nothing
 * @param current what opened it
 * @param limit what was passed
 * @param snoozedUntil only while it is snoozed
 * @param step how many steps its life has had; the first is that it opened
 */
public record Alert(
    UUID id,
    UUID ruleId,
    int ruleRevision,
    String ruleName,
    AlertKind kind,
    Severity severity,
    Subject subject,
    Visibility visibleTo,
    State state,
    boolean holds,
    @Nullable CurrencyCode currency,
    @Nullable String previous,
    @Nullable String current,
    @Nullable String limit,
    Instant openedAt,
    @Nullable Instant snoozedUntil,
    @Nullable Resolved resolved,
    int step) {

  /** Where it stands; the names are stored. */
  public enum State {
    OPEN,
    /** Somebody looks after it. */
    ACKNOWLEDGED,
    /** Nobody wants to hear of it for a while; then it is open again. */
    SNOOZED,
    RESOLVED;

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The state of that code, or {@link InvalidValue}. */
    public static State of(String code) {
      return Arrays.stream(values())
          .filter(state -> state.code().equals(code))
          .findFirst()
          .orElseThrow(
              () ->
                  new InvalidValue(
                      "must be one of "
                          + Arrays.stream(values())
                              .map(State::code)
                              .collect(Collectors.joining(", "))));
    }
  }

  /** What ended it; the names are stored. */
  public enum How {
    BY_ITSELF,
    PERSON,
    RULE_CHANGED,
    RULE_DISABLED,
    RULE_DELETED,
    WALLET_CLOSED,
    /** The wallet is not in the rule's scope any more. */
    LEFT_SCOPE;

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Its end.
   *
   * @param by the name of the API key, or of the part of WalletSync
   * @param note why, where a person did
   * @param value what was so then; null where that is not known or says nothing
   */
  public record Resolved(
      How how, Instant at, String by, @Nullable String note, @Nullable String value) {}

  /** What it is about. */
  public sealed interface Subject {
    /** Tells it from others of the same rule; what is no wallet has no connection. */
    UUID id();

    record OfWallet(WalletId wallet, ConnectionId connection) implements Subject {
      @Override
      public UUID id() {
        return wallet.value();
      }
    }

    record OfChannel(UUID id) implements Subject {}

    /** Everything in the rule's scope together, or the rule itself. */
    record OfRule() implements Subject {
      private static final UUID NIL = new UUID(0, 0);

      @Override
      public UUID id() {
        return NIL;
      }
    }

    default Optional<OfWallet> ofWallet() {
      return this instanceof OfWallet wallet ? Optional.of(wallet) : Optional.empty();
    }
  }

  public boolean isVisibleTo(Visibility caller) {
    var seen = caller.connections();
    var own = visibleTo.connections();
    return seen == null || (own != null && seen.containsAll(own));
  }

  /** As a rule opens it. */
  public static Alert open(
      UUID id, AlertRule rule, AlertKind kind, Subject subject, Judgement.Holds found, Instant at) {
    return new Alert(
        id,
        rule.id(),
        rule.revision(),
        rule.name(),
        kind,
        rule.severity(),
        subject,
        subject
            .ofWallet()
            .map(it -> new Visibility(Set.of(it.connection().value())))
            .orElse(rule.limit()),
        State.OPEN,
        true,
        found.currency(),
        found.previous(),
        found.current(),
        kind == rule.kind() ? rule.condition().limitText().orElse(null) : null,
        at,
        null,
        null,
        1);
  }

  /** After its end; its condition may go on where a person ended it. */
  public Alert resolved(Resolved how) {
    return with(State.RESOLVED, how.how() == How.PERSON, null, how, step + 1);
  }

  /** After its condition was over, which ends it unless a person did so before. */
  public Alert over(Resolved how) {
    return resolved == null
        ? with(State.RESOLVED, false, null, how, step + 1)
        : with(State.RESOLVED, false, null, resolved, step);
  }

  /** After somebody took it or put it off. */
  public Alert in(State next, @Nullable Instant until) {
    return with(next, holds, until, resolved, step + 1);
  }

  private Alert with(
      State newState,
      boolean goesOn,
      @Nullable Instant until,
      @Nullable Resolved end,
      int newStep) {
    return new Alert(
        id,
        ruleId,
        ruleRevision,
        ruleName,
        kind,
        severity,
        subject,
        visibleTo,
        newState,
        goesOn,
        currency,
        previous,
        current,
        limit,
        openedAt,
        until,
        end,
        newStep);
  }
}
