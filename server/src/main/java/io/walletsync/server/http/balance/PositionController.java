package io.walletsync.server.http.balance;

import io.walletsync.core.access.Scope;
import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.position.Position.By;
import io.walletsync.core.position.ReadPositions;
import io.walletsync.core.position.ReadPositions.Outcome;
import io.walletsync.core.position.WalletStandings.Filter;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.server.http.access.Callers;
import io.walletsync.server.http.access.RequiresScope;
import io.walletsync.server.http.problem.InvalidRequest;
import io.walletsync.server.http.problem.Problem;
import io.walletsync.server.http.problem.ProblemWriter;
import io.walletsync.server.http.wallet.WalletController;
import io.walletsync.server.http.wire.DurationText;
import io.walletsync.server.http.wire.InstantText;
import io.walletsync.server.http.wire.QueryFields;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The route of how much money there is in all. */
@RestController
public final class PositionController {
  private final ReadPositions readPositions;
  private final ProblemWriter problems;

  public PositionController(ReadPositions readPositions, ProblemWriter problems) {
    this.readPositions = readPositions;
    this.problems = problems;
  }

  @GetMapping("/api/v1/positions")
  @RequiresScope(Scope.WALLETS_READ)
  ResponseEntity<Object> read(HttpServletRequest request) {
    var fields = QueryFields.of(request);
    var grouped = fields.optional("group_by", PositionController::groups);
    var at = fields.optional("at", InstantText::parse);
    // how fresh a balance was in the past is not kept
    var maxAge = at == null ? fields.optional("max_age", DurationText::parse) : null;
    var refuse = maxAge == null ? null : fields.optional("stale", PositionController::isRefused);
    var filter = filter(request, fields);
    fields.done();
    var by = grouped == null ? Set.<By>of() : grouped;
    var query = new ReadPositions.Query(filter, by, at, maxAge, refuse != null && refuse);
    return switch (readPositions.read(query)) {
      case Outcome.Found found -> ResponseEntity.ok(PositionsJson.of(found, by));
      case Outcome.TooOld(var stale, var leftOut) ->
          problems.entity(request, tooOld(stale, leftOut));
      case Outcome.TooManyGroups() -> problems.entity(request, tooManyGroups());
      case Outcome.NotYet() -> throw new InvalidRequest("at", "must lie in the past");
    };
  }

  private static Filter filter(HttpServletRequest request, QueryFields fields) {
    var connection = fields.optionalUuid("connection_id");
    return new Filter(
        Callers.visibility(request),
        fields.optional("currency", CurrencyCode::new),
        fields.optional("provider", ProviderId::new),
        connection == null ? null : new ConnectionId(connection),
        fields.optional("owner_id", WalletController::shortText));
  }

  /** Currency may be named or not: amounts of two currencies are never added. */
  private static Set<By> groups(String text) {
    var by = EnumSet.noneOf(By.class);
    var named = new HashSet<String>();
    for (var name : text.split(",", -1)) {
      if (!named.add(name)) {
        throw new InvalidValue("must name each group once");
      }
      switch (name) {
        case "currency" -> {}
        case "provider" -> by.add(By.PROVIDER);
        case "connection" -> by.add(By.CONNECTION);
        case "owner" -> by.add(By.OWNER);
        default -> throw new InvalidValue("must be some of currency,provider,connection,owner");
      }
    }
    return by;
  }

  private static Boolean isRefused(String text) {
    return switch (text) {
      case "mark" -> false;
      case "refuse" -> true;
      default -> throw new InvalidValue("must be mark or refuse");
    };
  }

  private static Problem tooOld(long stale, long leftOut) {
    return Problem.of(
            409,
            "positions-too-old",
            "Not every wallet was confirmed recently enough",
            "Sync the wallets, allow a greater max_age, or let stale ones be marked.")
        .with("stale", stale)
        .with("left_out", leftOut);
  }

  private static Problem tooManyGroups() {
    return Problem.of(
        422,
        "too-many-groups",
        "There are too many groups for one answer",
        "Group by less, or narrow the question to a provider, connection, currency or owner.");
  }
}
