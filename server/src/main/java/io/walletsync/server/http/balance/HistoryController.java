package io.walletsync.server.http.balance;

import io.walletsync.core.access.Scope;
import io.walletsync.core.balance.BalanceFact;
import io.walletsync.core.balance.BalanceHistory;
import io.walletsync.core.balance.BalanceHistory.Order;
import io.walletsync.core.balance.BalanceHistory.Position;
import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.kernel.Page;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.core.wallet.Wallets;
import io.walletsync.server.http.access.Callers;
import io.walletsync.server.http.access.RequiresScope;
import io.walletsync.server.http.problem.Problem;
import io.walletsync.server.http.problem.ProblemWriter;
import io.walletsync.server.http.wallet.WalletController;
import io.walletsync.server.http.wallet.WalletProblems;
import io.walletsync.server.http.wire.Cursor;
import io.walletsync.server.http.wire.InstantText;
import io.walletsync.server.http.wire.PageJson;
import io.walletsync.server.http.wire.PeriodFields;
import io.walletsync.server.http.wire.QueryFields;
import io.walletsync.server.http.wire.UuidText;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The routes of what was true of a balance, and what was believed of it. */
@RestController
public final class HistoryController {
  private final Wallets wallets;
  private final BalanceHistory history;
  private final ProblemWriter problems;

  public HistoryController(Wallets wallets, BalanceHistory history, ProblemWriter problems) {
    this.wallets = wallets;
    this.history = history;
    this.problems = problems;
  }

  /** With {@code at} the one fact that stood then, else those that lie between two times. */
  @GetMapping("/api/v1/wallets/{wallet_id}/balance/history")
  @RequiresScope(Scope.WALLETS_READ)
  ResponseEntity<Object> history(HttpServletRequest request, @PathVariable("wallet_id") String id) {
    var wallet = WalletController.id(id);
    var fields = QueryFields.of(request);
    var at = fields.optional("at", InstantText::parse);
    if (at != null) {
      var knownAt = fields.optional("known_at", InstantText::parse);
      fields.done();
      return answer(request, wallet, () -> at(wallet, at, knownAt));
    }
    var period = PeriodFields.read(fields);
    var order = fields.optional("order", HistoryController::order);
    var ordered = order == null ? Order.NEWEST_FIRST : order;
    var listing = "balance-history %s %s %s".formatted(wallet, period, ordered);
    var after = fields.optional("cursor", text -> position(Cursor.decode(listing, text)));
    var limit = fields.limit();
    fields.done();
    period.check();
    var first =
        BalanceHistory.Query.first(
            wallet, period.fromOrBeginning(), period.toOrEnd(), ordered, limit);
    var query = after == null ? first : first.after(after);
    return answer(
        request,
        wallet,
        () -> PageJson.of(history.page(query), FactJson::of, listing, HistoryController::position));
  }

  /** A page too: of one fact, or of none where nothing was known. */
  private PageJson<FactJson> at(WalletId wallet, Instant at, @Nullable Instant knownAt) {
    var fact =
        history.at(Set.of(wallet), at, knownAt == null ? BalanceHistory.END : knownAt).get(wallet);
    return PageJson.of(
        new Page<>(fact == null ? List.<BalanceFact>of() : List.of(fact), false),
        FactJson::of,
        "",
        HistoryController::position);
  }

  @GetMapping("/api/v1/wallets/{wallet_id}/snapshots/{snapshot_id}")
  @RequiresScope(Scope.WALLETS_READ)
  ResponseEntity<Object> snapshot(
      HttpServletRequest request,
      @PathVariable("wallet_id") String id,
      @PathVariable("snapshot_id") String snapshotId) {
    QueryFields.none(request);
    var snapshot = UuidText.parse("snapshot_id", snapshotId);
    var wallet = WalletController.id(id);
    return wallets
        .find(wallet, Callers.visibility(request))
        .flatMap(seen -> history.find(seen.id(), snapshot))
        .map(found -> ResponseEntity.ok((Object) FactJson.of(found)))
        .orElseGet(() -> problems.entity(request, snapshotNotFound()));
  }

  private ResponseEntity<Object> answer(
      HttpServletRequest request, WalletId wallet, Supplier<PageJson<FactJson>> page) {
    return wallets
        .find(wallet, Callers.visibility(request))
        .map(_ -> ResponseEntity.ok((Object) page.get()))
        .orElseGet(() -> problems.entity(request, WalletProblems.notFound()));
  }

  private static Order order(String text) {
    return switch (text) {
      case "asc" -> Order.OLDEST_FIRST;
      case "desc" -> Order.NEWEST_FIRST;
      default -> throw new InvalidValue("must be asc or desc");
    };
  }

  private static String position(BalanceFact fact) {
    return fact.trueFrom() + " " + fact.id();
  }

  private static Position position(String text) {
    var parts = Cursor.parts(text, 2);
    return new Position(InstantText.parse(parts[0]), UuidText.parse("cursor", parts[1]));
  }

  private static Problem snapshotNotFound() {
    return Problem.of(
        404,
        "snapshot-not-found",
        "There is no such snapshot",
        "No wallet with this id that is visible to your API key has a snapshot with this id.");
  }
}
