package io.walletsync.core.movement;

import io.walletsync.core.balance.BalanceFact;
import io.walletsync.core.balance.BalanceHistory;
import io.walletsync.core.balance.BalanceHistory.Position;
import io.walletsync.core.balance.BalancePoint;
import io.walletsync.core.balance.WalletBalanceSnapshot;
import io.walletsync.core.kernel.Page;
import io.walletsync.core.money.Difference;
import io.walletsync.core.movement.ExplainedChange.State;
import io.walletsync.core.movement.MovementFindings.Unexplained;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.Wallets;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Use case: say of each change of a wallet's balance which movements made it, and what is left. */
public final class ExplainChanges {
  private static final Duration MOMENT = Duration.ofNanos(1_000);

  /** So many pages are looked through for one that has a change of the status wanted. */
  private static final int MOST_PAGES = 10;

  private final Wallets wallets;
  private final BalanceHistory history;
  private final MovementImports imports;
  private final MovementFindings findings;
  private final Explanations explanations;

  public ExplainChanges(
      Wallets wallets,
      BalanceHistory history,
      Movements movements,
      MovementImports imports,
      MovementFindings findings) {
    this.wallets = wallets;
    this.history = history;
    this.imports = imports;
    this.findings = findings;
    this.explanations = new Explanations(movements);
  }

  public Outcome explain(Command command) {
    var wallet = wallets.find(command.query().wallet(), command.visibility()).orElse(null);
    if (wallet == null) {
      return new Outcome.UnknownWallet();
    }
    var page = history.page(command.query());
    var changes = changes(wallet, page, command.state());
    for (var pages = 1; changes.isEmpty() && page.hasMore() && pages < MOST_PAGES; pages++) {
      page = history.page(command.query().after(Position.of(page.items().getLast())));
      changes = changes(wallet, page, command.state());
    }
    return new Outcome.Explained(
        changes,
        page.hasMore() ? Optional.of(Position.of(page.items().getLast())) : Optional.empty(),
        total(command, wallet));
  }

  private List<Item> changes(Wallet wallet, Page<BalanceFact> page, @Nullable State wanted) {
    var snapshots =
        page.items().stream()
            .filter(BalanceFact.Snapshot.class::isInstance)
            .map(fact -> ((BalanceFact.Snapshot) fact).snapshot())
            .toList();
    return explained(wallet, snapshots).stream()
        .filter(item -> wanted == null || item.change().state() == wanted)
        .toList();
  }

  private Unexplained total(Command command, Wallet wallet) {
    var nothing = new Difference(BigDecimal.ZERO, wallet.currency());
    return findings
        .unexplained(
            new MovementFindings.Query(command.visibility(), wallet.id(), null, null, null, 1))
        .items()
        .stream()
        .findFirst()
        .orElseGet(
            () ->
                new Unexplained(
                    wallet.id(), wallet.connectionId(), wallet.provider(), 0, nothing, nothing));
  }

  /** In the order of the snapshots; the first one ever is no change. */
  private List<Item> explained(Wallet wallet, List<WalletBalanceSnapshot> snapshots) {
    if (snapshots.isEmpty()) {
      return List.of();
    }
    var times = snapshots.stream().map(WalletBalanceSnapshot::asOf).sorted().toList();
    var points = new ArrayList<BalancePoint>();
    history.trace(wallet.id(), times.getFirst(), times.getLast().plus(MOMENT), points::add);
    var coverage = imports.find(wallet.id()).flatMap(standing -> standing.progress().coverage());
    Map<Long, ExplainedChange> bySequence =
        explanations.of(wallet.id(), wallet.currency(), points, coverage).stream()
            .collect(Collectors.toMap(ExplainedChange::sequence, Function.identity()));
    return snapshots.stream()
        .flatMap(
            snapshot ->
                Optional.ofNullable(bySequence.get(snapshot.sequence())).stream()
                    .map(change -> new Item(snapshot, change)))
        .toList();
  }

  /**
   * Which snapshots, and what the caller may see.
   *
   * @param state only changes that are explained so well; null for all
   */
  public record Command(Visibility visibility, BalanceHistory.Query query, @Nullable State state) {}

  /** A snapshot and what its change is made of. */
  public record Item(WalletBalanceSnapshot snapshot, ExplainedChange change) {}

  /** What came of it. */
  public sealed interface Outcome {
    /**
     * A page; it may hold fewer changes than were asked for.
     *
     * @param next where the next page begins; empty on the last one
     * @param total what was unexplained of the whole wallet when its import was last complete
     */
    record Explained(List<Item> changes, Optional<Position> next, Unexplained total)
        implements Outcome {}

    record UnknownWallet() implements Outcome {}
  }
}
