package io.walletsync.server.http.connection;

import io.walletsync.core.access.Scope;
import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.kernel.Text;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.provider.CheckConnection;
import io.walletsync.core.provider.DiscoverWallets;
import io.walletsync.core.provider.DiscoverWallets.Discovered;
import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.provider.ReadCallBudgets;
import io.walletsync.core.provider.ReplaceCredentials;
import io.walletsync.core.schedule.SyncQueue;
import io.walletsync.core.wallet.Connection;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.server.http.access.Callers;
import io.walletsync.server.http.access.RequiresScope;
import io.walletsync.server.http.problem.InvalidRequest;
import io.walletsync.server.http.problem.Problem;
import io.walletsync.server.http.problem.ProblemWriter;
import io.walletsync.server.http.sync.SyncProblems;
import io.walletsync.server.http.wallet.WalletsAsJson;
import io.walletsync.server.http.wire.JsonFields;
import io.walletsync.server.http.wire.QueryFields;
import io.walletsync.server.http.wire.UuidText;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The routes that try a connection out by asking its provider. */
@RestController
@RequestMapping(ConnectionController.PATH + "/{connection_id}")
public final class ConnectionTrialController {
  private static final Duration OVERLAP = Duration.ofDays(3);
  private static final int LONGEST_ID = 128;

  private final CheckConnection checkConnection;
  private final DiscoverWallets discoverWallets;
  private final ReplaceCredentials replaceCredentials;
  private final ReadCallBudgets callBudgets;
  private final WalletsAsJson walletsAsJson;
  private final ProblemWriter problems;

  public ConnectionTrialController(
      CheckConnection checkConnection,
      DiscoverWallets discoverWallets,
      ReplaceCredentials replaceCredentials,
      ReadCallBudgets callBudgets,
      SyncQueue queue,
      ProblemWriter problems) {
    this.checkConnection = checkConnection;
    this.discoverWallets = discoverWallets;
    this.replaceCredentials = replaceCredentials;
    this.callBudgets = callBudgets;
    this.walletsAsJson = new WalletsAsJson(queue);
    this.problems = problems;
  }

  @PostMapping(path = "/check", consumes = "application/json")
  @RequiresScope(Scope.CONNECTIONS_WRITE)
  ResponseEntity<Object> check(
      HttpServletRequest request,
      @PathVariable("connection_id") String id,
      @RequestBody(required = false) byte @Nullable [] body) {
    QueryFields.none(request);
    var connection = id(id);
    JsonFields.of(body).done();
    var command =
        new CheckConnection.Command(
            Callers.of(request).actor(), Callers.visibility(request), connection);
    return switch (checkConnection.check(command)) {
      case CheckConnection.Outcome.Checked(var findings, var offers) ->
          ResponseEntity.ok(ConnectionCheckJson.of(connection, findings, offers));
      case CheckConnection.Outcome.Unknown() ->
          problems.entity(request, ConnectionProblems.notFound());
    };
  }

  @PostMapping(path = "/discover", consumes = "application/json")
  @RequiresScope(Scope.WALLETS_WRITE)
  ResponseEntity<Object> discover(
      HttpServletRequest request,
      @PathVariable("connection_id") String id,
      @RequestBody(required = false) byte @Nullable [] body) {
    QueryFields.none(request);
    var connection = id(id);
    var fields = JsonFields.of(body);
    var currencies = fields.optionalList("currencies", CurrencyCode::new);
    var owner = fields.optionalText("owner_id", text -> Text.printable(text, LONGEST_ID));
    fields.done();
    var only = currencies.orNull();
    var command =
        new DiscoverWallets.Command(
            Callers.of(request).actor(),
            Callers.visibility(request),
            connection,
            only == null ? null : Set.copyOf(only),
            owner.orNull());
    return switch (discoverWallets.discover(command)) {
      case DiscoverWallets.Outcome.Discovered(var wallets) ->
          ResponseEntity.ok(
              DiscoveryJson.of(
                  wallets,
                  walletsAsJson.of(request, wallets.stream().map(Discovered::wallet).toList())));
      case DiscoverWallets.Outcome.ProviderFailed(var failure) ->
          problems.entity(request, SyncProblems.providerFailed(failure));
      case DiscoverWallets.Outcome.Unknown() ->
          problems.entity(request, ConnectionProblems.notFound());
    };
  }

  @PutMapping(path = "/credentials", consumes = "application/json")
  @RequiresScope(Scope.CONNECTIONS_WRITE)
  ResponseEntity<Object> replace(
      HttpServletRequest request,
      @PathVariable("connection_id") String id,
      @RequestBody(required = false) byte @Nullable [] body) {
    QueryFields.none(request);
    var connection = id(id);
    var fields = JsonFields.of(body);
    var credentials = fields.requiredTextMap("credentials");
    var overlap =
        fields.optionalNumber("webhook_overlap_seconds", ConnectionTrialController::overlap);
    fields.done();
    var command =
        new ReplaceCredentials.Command(
            Callers.of(request).actor(),
            Callers.visibility(request),
            connection,
            ConnectionController.credentials(credentials.get()),
            overlap.orElse(OVERLAP));
    return switch (replaceCredentials.replace(command)) {
      case ReplaceCredentials.Outcome.Replaced(var changed) -> ResponseEntity.ok(json(changed));
      case ReplaceCredentials.Outcome.WrongCredentialFields(var required) ->
          throw new InvalidRequest(
              "credentials", "must have exactly " + ConnectionController.list(required));
      case ReplaceCredentials.Outcome.OtherAccount(var field) ->
          throw new InvalidRequest(
              "credentials." + field,
              "names the account and cannot change; connect another account beside this one");
      case ReplaceCredentials.Outcome.NotWorking(var failure) ->
          problems.entity(request, notWorking(failure));
      case ReplaceCredentials.Outcome.WalletsMissing(var missing) ->
          problems.entity(
              request,
              ConnectionProblems.credentialsOfAnotherAccount(
                  missing.stream()
                      .map(
                          holding ->
                              holding.providerAccountId().isEmpty()
                                  ? holding.currency().value()
                                  : holding.providerAccountId() + " " + holding.currency().value())
                      .sorted()
                      .toList()));
      case ReplaceCredentials.Outcome.SecretInUse() ->
          problems.entity(request, ConnectionProblems.secretInUse());
      case ReplaceCredentials.Outcome.Unknown() ->
          problems.entity(request, ConnectionProblems.notFound());
    };
  }

  /** Refused credentials are the caller's to mend; the rest is as for a sync. */
  private static Problem notWorking(ProviderFailure failure) {
    return switch (failure.reason()) {
      case UNAUTHORIZED, FORBIDDEN, ADDRESS_REFUSED, REJECTED ->
          ConnectionProblems.credentialsRefused(failure);
      case UNREACHABLE,
          TIMEOUT,
          RATE_LIMITED,
          UNAVAILABLE,
          UNREADABLE,
          CURRENCY_MISSING,
          ACCOUNT_MISSING,
          IN_DOUBT,
          CIRCUIT_OPEN,
          QUOTA_SPENT,
          BUSY ->
          SyncProblems.providerFailed(failure);
    };
  }

  private ConnectionJson json(Connection connection) {
    var budgets = callBudgets.read(List.of(connection));
    return ConnectionJson.of(connection, Objects.requireNonNull(budgets.get(connection.id())));
  }

  private static Duration overlap(long seconds) {
    if (seconds < 0 || seconds > OVERLAP.toSeconds()) {
      throw new InvalidValue("must be from 0 to " + OVERLAP.toSeconds());
    }
    return Duration.ofSeconds(seconds);
  }

  private static ConnectionId id(String text) {
    return new ConnectionId(UuidText.parse("connection_id", text));
  }
}
