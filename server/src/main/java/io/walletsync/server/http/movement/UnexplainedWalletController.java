package io.walletsync.server.http.movement;

import io.walletsync.core.access.Scope;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.movement.MovementFindings;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.server.http.access.Callers;
import io.walletsync.server.http.access.RequiresScope;
import io.walletsync.server.http.wire.Cursor;
import io.walletsync.server.http.wire.PageJson;
import io.walletsync.server.http.wire.QueryFields;
import io.walletsync.server.http.wire.UuidText;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The route that finds the wallets whose movements do not add up. */
@RestController
public final class UnexplainedWalletController {
  private static final String LISTING = "unexplained-wallets";

  private final MovementFindings findings;

  public UnexplainedWalletController(MovementFindings findings) {
    this.findings = findings;
  }

  @GetMapping("/api/v1/unexplained-wallets")
  @RequiresScope(Scope.WALLETS_READ)
  PageJson<UnexplainedJson> list(HttpServletRequest request) {
    var fields = QueryFields.of(request);
    var connection = fields.optionalUuid("connection_id");
    var currency = fields.optional("currency", CurrencyCode::new);
    var listing = "%s %s %s".formatted(LISTING, connection, currency);
    var after =
        fields.optional("cursor", text -> UuidText.parse("cursor", Cursor.decode(listing, text)));
    var query =
        new MovementFindings.Query(
            Callers.visibility(request),
            null,
            connection == null ? null : new ConnectionId(connection),
            currency,
            after == null ? null : new WalletId(after),
            fields.limit());
    fields.done();
    return PageJson.of(
        findings.unexplained(query),
        UnexplainedJson::of,
        listing,
        unexplained -> unexplained.wallet().toString());
  }
}
