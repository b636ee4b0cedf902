package io.walletsync.server.http.movement;

import io.walletsync.core.access.Scope;
import io.walletsync.core.balance.BalanceHistory;
import io.walletsync.core.balance.BalanceHistory.Position;
import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.movement.ExplainChanges;
import io.walletsync.core.movement.ExplainedChange;
import io.walletsync.core.movement.ListMovements;
import io.walletsync.core.movement.Movements;
import io.walletsync.core.movement.Movements.Order;
import io.walletsync.core.movement.Movements.Place;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.server.http.access.Callers;
import io.walletsync.server.http.access.RequiresScope;
import io.walletsync.server.http.problem.InvalidRequest;
import io.walletsync.server.http.problem.ProblemWriter;
import io.walletsync.server.http.wallet.WalletProblems;
import io.walletsync.server.http.wire.Cursor;
import io.walletsync.server.http.wire.InstantText;
import io.walletsync.server.http.wire.PageJson;
import io.walletsync.server.http.wire.QueryFields;
import io.walletsync.server.http.wire.UuidText;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The routes of what moved a wallet's money, and which change that explains. */
@RestController
@RequestMapping("/api/v1/wallets/{wallet_id}")
public final class MovementController {
  private static final String MOVEMENTS = "movements";
  private static final String CHANGES = "explained-changes";

  private final ListMovements listMovements;
  private final ExplainChanges explainChanges;
  private final ProblemWriter problems;

  public MovementController(
      ListMovements listMovements, ExplainChanges explainChanges, ProblemWriter problems) {
    this.listMovements = listMovements;
    this.explainChanges = explainChanges;
    this.problems = problems;
  }

  @GetMapping("/movements")
  @RequiresScope(Scope.WALLETS_READ)
  ResponseEntity<Object> movements(
      HttpServletRequest request, @PathVariable("wallet_id") String id) {
    var wallet = id(id);
    var fields = QueryFields.of(request);
    var from = fields.optional("from", InstantText::parse);
    var to = fields.optional("to", InstantText::parse);
    var isOldestFirst = isOldestFirst(fields);
    var listing = listing(MOVEMENTS, wallet, from, to, isOldestFirst);
    var query =
        new Movements.Query(
            wallet,
            from,
            to,
            isOldestFirst ? Order.OLDEST_FIRST : Order.NEWEST_FIRST,
            fields.optional("cursor", text -> place(Cursor.decode(listing, text))),
            fields.limit());
    fields.done();
    requirePeriod(from, to);
    return switch (listMovements.list(
        new ListMovements.Command(Callers.visibility(request), query))) {
      case ListMovements.Outcome.Listed(var page) ->
          ResponseEntity.ok(
              PageJson.of(
                  page,
                  MovementJson::of,
                  listing,
                  movement -> movement.occurredAt() + " " + movement.key()));
      case ListMovements.Outcome.UnknownWallet() ->
          problems.entity(request, WalletProblems.notFound());
    };
  }

  @GetMapping("/explained-changes")
  @RequiresScope(Scope.WALLETS_READ)
  ResponseEntity<Object> explainedChanges(
      HttpServletRequest request, @PathVariable("wallet_id") String id) {
    var wallet = id(id);
    var fields = QueryFields.of(request);
    var from = fields.optional("from", InstantText::parse);
    var to = fields.optional("to", InstantText::parse);
    var isOldestFirst = isOldestFirst(fields);
    var status = fields.optional("status", MovementController::status);
    var listing = listing(CHANGES, wallet, from, to, isOldestFirst) + " " + status;
    var after = fields.optional("cursor", text -> position(Cursor.decode(listing, text)));
    var limit = fields.limit();
    fields.done();
    requirePeriod(from, to);
    var first =
        BalanceHistory.Query.first(
            wallet,
            from == null ? BalanceHistory.BEGINNING : from,
            to == null ? BalanceHistory.END : to,
            isOldestFirst ? BalanceHistory.Order.OLDEST_FIRST : BalanceHistory.Order.NEWEST_FIRST,
            limit);
    var command =
        new ExplainChanges.Command(
            Callers.visibility(request), after == null ? first : first.after(after), status);
    return switch (explainChanges.explain(command)) {
      case ExplainChanges.Outcome.Explained(var changes, var next, var total) ->
          ResponseEntity.ok(
              new ExplainedChangePageJson(
                  changes.stream().map(ExplainedChangeJson::of).toList(),
                  next.isPresent(),
                  next.map(at -> Cursor.encode(listing, at.time() + " " + at.id())).orElse(null),
                  UnexplainedJson.of(total)));
      case ExplainChanges.Outcome.UnknownWallet() ->
          problems.entity(request, WalletProblems.notFound());
    };
  }

  private static WalletId id(String text) {
    return new WalletId(UuidText.parse("wallet_id", text));
  }

  private static boolean isOldestFirst(QueryFields fields) {
    var order =
        fields.optional(
            "order",
            text ->
                switch (text) {
                  case "asc" -> true;
                  case "desc" -> false;
                  default -> throw new InvalidValue("must be asc or desc");
                });
    return Boolean.TRUE.equals(order);
  }

  private static ExplainedChange.State status(String text) {
    return Arrays.stream(ExplainedChange.State.values())
        .filter(state -> state.code().equals(text))
        .findFirst()
        .orElseThrow(() -> new InvalidValue("must be one of explained, unexplained, not_imported"));
  }

  private static void requirePeriod(@Nullable Instant from, @Nullable Instant to) {
    if (from != null && to != null && !from.isBefore(to)) {
      throw new InvalidRequest("to", "must be later than from");
    }
  }

  /** A cursor leads on in the listing that gave it, and in no other. */
  private static String listing(
      String name,
      WalletId wallet,
      @Nullable Instant from,
      @Nullable Instant to,
      boolean isOldestFirst) {
    return "%s %s %s %s %s".formatted(name, wallet, from, to, isOldestFirst);
  }

  /** A place in the order of a wallet's movements, as cursors have it. */
  static Place place(String position) {
    var parts = Cursor.parts(position, 2);
    return new Place(InstantText.parse(parts[0]), parts[1]);
  }

  private static Position position(String position) {
    var parts = Cursor.parts(position, 2);
    return new Position(InstantText.parse(parts[0]), UuidText.parse(parts[1]));
  }
}
