package io.walletsync.core.reconciliation;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.balance.BalanceSnapshots;
import io.walletsync.core.balance.BalanceSnapshots.WalletBalance;
import io.walletsync.core.kernel.Ids;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Money;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.WalletId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Use case: record what the user's books say of wallets, all of it or nothing, and compare it with
 * what is known. Said again it changes nothing; said with other figures it corrects what was said.
 */
public final class ExpectBalances {
  private final BalanceSnapshots snapshots;
  private final Reconciliations reconciliations;
  private final CompareBalances compareBalances;
  private final Transactions transactions;
  private final ReconciliationAudit audit;
  private final DifferenceListeners listeners;
  private final Ids ids;

  public ExpectBalances(
      BalanceSnapshots snapshots,
      Reconciliations reconciliations,
      CompareBalances compareBalances,
      Transactions transactions,
      Auditor auditor,
      List<DifferenceListener> listeners,
      Ids ids) {
    this.snapshots = snapshots;
    this.reconciliations = reconciliations;
    this.compareBalances = compareBalances;
    this.transactions = transactions;
    this.audit = new ReconciliationAudit(auditor);
    this.listeners = new DifferenceListeners(listeners);
    this.ids = ids;
  }

  public Outcome expect(Command command) {
    return transactions.inTransaction(() -> expectInTransaction(command));
  }

  private Outcome expectInTransaction(Command command) {
    var wallets =
        snapshots.latest(
            command.rows().stream().map(Row::wallet).collect(Collectors.toUnmodifiableSet()));
    var refusals = refusals(command, wallets);
    if (!refusals.isEmpty()) {
      return new Outcome.Refused(refusals);
    }
    var expected = command.rows().stream().map(row -> row.expected(wallets)).toList();
    var keys = expected.stream().map(ExpectedBalance::key).toList();
    var recorded = said(keys);
    var corrected = correctedSince(expected, recorded);
    if (!corrected.isEmpty()) {
      return new Outcome.Refused(corrected);
    }
    record(command.actor(), expected, wallets);
    var now = said(keys);
    return new Outcome.Recorded(
        keys.stream().map(key -> Objects.requireNonNull(now.get(key)).getLast()).toList());
  }

  private static List<Refusal> refusals(Command command, Map<WalletId, WalletBalance> wallets) {
    var refusals = new ArrayList<Refusal>();
    var keys = new HashSet<ExpectedBalance.Key>();
    for (var i = 0; i < command.rows().size(); i++) {
      var row = command.rows().get(i);
      var number = i;
      refusal(row, command.visibility(), wallets.get(row.wallet()))
          .or(() -> keys.add(row.key()) ? Optional.empty() : Optional.of(Reason.TWICE))
          .ifPresent(reason -> refusals.add(new Refusal(number, row.wallet(), reason)));
    }
    return refusals;
  }

  private static Optional<Reason> refusal(
      Row row, Visibility visibility, @Nullable WalletBalance known) {
    if (known == null || !visibility.includes(known.wallet().connectionId())) {
      return Optional.of(Reason.UNKNOWN_WALLET);
    }
    if (known.wallet().isClosed()) {
      return Optional.of(Reason.WALLET_CLOSED);
    }
    if (row.currency() != null && !row.currency().equals(known.wallet().currency())) {
      return Optional.of(Reason.OTHER_CURRENCY);
    }
    return row.asOf().isAfter(known.readAt())
        ? Optional.of(Reason.IN_THE_FUTURE)
        : Optional.empty();
  }

  /** What was said before and corrected is refused: it is more likely late than meant. */
  private static List<Refusal> correctedSince(
      List<ExpectedBalance> expected, Map<ExpectedBalance.Key, List<Reconciliation>> recorded) {
    var refusals = new ArrayList<Refusal>();
    for (var i = 0; i < expected.size(); i++) {
      var each = expected.get(i);
      var said = recorded.getOrDefault(each.key(), List.of());
      if (said.stream().anyMatch(it -> it.expected().equals(each))
          && !said.getLast().expected().equals(each)) {
        refusals.add(new Refusal(i, each.walletId(), Reason.CORRECTED_SINCE));
      }
    }
    return refusals;
  }

  /** Adds what is not said yet. Whoever loses a race for a revision tries for the next one. */
  private void record(
      Actor actor, List<ExpectedBalance> expected, Map<WalletId, WalletBalance> wallets) {
    var added = new ArrayList<Reconciliation>();
    var left = expected;
    while (!left.isEmpty()) {
      var recorded = said(left.stream().map(ExpectedBalance::key).toList());
      var next = new ArrayList<Reconciliation>();
      for (var each : left) {
        var said = recorded.getOrDefault(each.key(), List.of());
        if (said.stream().noneMatch(it -> it.expected().equals(each))) {
          next.add(pending(actor, each, said.size() + 1, wallets));
        }
      }
      var kept = reconciliations.add(next);
      next.stream().filter(it -> kept.contains(it.id())).forEach(added::add);
      left =
          next.stream()
              .filter(it -> !kept.contains(it.id()))
              .map(Reconciliation::expected)
              .toList();
    }
    if (!added.isEmpty()) {
      audit.recorded(actor, added);
      listeners.ended(endedBy(added));
      compareBalances.compare(added);
    }
  }

  /** The differences that corrections ended; read now, for one may have been found just before. */
  private List<Reconciliation> endedBy(List<Reconciliation> added) {
    var corrections =
        added.stream()
            .filter(it -> it.revision() > 1)
            .collect(Collectors.toMap(Reconciliation::id, it -> it.expected().key()));
    return corrections.isEmpty()
        ? List.of()
        : reconciliations.under(corrections.values()).stream()
            .filter(it -> it.differed() && it.isEndedBy(corrections.keySet()))
            .toList();
  }

  private Reconciliation pending(
      Actor actor, ExpectedBalance expected, int revision, Map<WalletId, WalletBalance> wallets) {
    var known = Objects.requireNonNull(wallets.get(expected.walletId()));
    return Reconciliation.pending(
        ids.next(),
        known.wallet().connectionId(),
        known.wallet().provider(),
        expected,
        revision,
        actor.name(),
        known.readAt());
  }

  /** What was said so far, of each statement the newest revision last. */
  private Map<ExpectedBalance.Key, List<Reconciliation>> said(List<ExpectedBalance.Key> keys) {
    return reconciliations.under(keys).stream()
        .collect(
            Collectors.groupingBy(
                it -> it.expected().key(), LinkedHashMap::new, Collectors.toList()));
  }

  /** What the books say, by whom. */
  public record Command(Actor actor, Visibility visibility, List<Row> rows) {
    public Command {
      rows = List.copyOf(rows);
    }
  }

  /**
   * What the books say of one wallet.
   *
   * @param currency null for the wallet's own
   * @param asOf cut to microseconds
   */
  public record Row(
      WalletId wallet,
      @Nullable CurrencyCode currency,
      BigDecimal amount,
      Instant asOf,
      String reference,
      BigDecimal tolerance,
      Duration lag) {
    private ExpectedBalance.Key key() {
      return new ExpectedBalance.Key(wallet, asOf, reference);
    }

    private ExpectedBalance expected(Map<WalletId, WalletBalance> wallets) {
      var own = Objects.requireNonNull(wallets.get(wallet)).wallet().currency();
      return new ExpectedBalance(
          wallet, new Money(amount, own), asOf, reference, new Money(tolerance, own), lag);
    }
  }

  /** Why a row is not recorded. */
  public enum Reason {
    /** There is none, or the caller may not see it. */
    UNKNOWN_WALLET,
    WALLET_CLOSED,
    OTHER_CURRENCY,
    IN_THE_FUTURE,
    /** It was said before and has been corrected since. */
    CORRECTED_SINCE,
    /** A row before it is about the same wallet, moment and reference. */
    TWICE;

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A row that is not recorded.
   *
   * @param row its number, counted from 0
   */
  public record Refusal(int row, WalletId wallet, Reason reason) {}

  /** What came of it. */
  public sealed interface Outcome {
    /** For each row what stands now, in their order. */
    record Recorded(List<Reconciliation> reconciliations) implements Outcome {}

    /** Nothing was recorded; these rows are why. */
    record Refused(List<Refusal> refusals) implements Outcome {}
  }
}
