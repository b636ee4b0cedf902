package io.walletsync.server.http.connection;

import io.walletsync.core.access.Scope;
import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.provider.ReadCallBudgets;
import io.walletsync.core.wallet.AddConnection;
import io.walletsync.core.wallet.ChangeConnection;
import io.walletsync.core.wallet.Connection;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.Credentials;
import io.walletsync.core.wallet.Environment;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.RemoveConnection;
import io.walletsync.server.http.access.Callers;
import io.walletsync.server.http.access.RequiresScope;
import io.walletsync.server.http.problem.InvalidRequest;
import io.walletsync.server.http.problem.ProblemWriter;
import io.walletsync.server.http.wallet.ScheduleJson;
import io.walletsync.server.http.wire.JsonFields;
import io.walletsync.server.http.wire.PageJson;
import io.walletsync.server.http.wire.QueryFields;
import io.walletsync.server.http.wire.UuidText;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The routes of connections to providers. */
@RestController
@RequestMapping(ConnectionController.PATH)
public final class ConnectionController {
  static final String PATH = "/api/v1/connections";
  private static final String LISTING = "connections";

  private final Connections connections;
  private final AddConnection addConnection;
  private final ChangeConnection changeConnection;
  private final RemoveConnection removeConnection;
  private final ReadCallBudgets readCallBudgets;
  private final ProblemWriter problems;

  public ConnectionController(
      Connections connections,
      AddConnection addConnection,
      ChangeConnection changeConnection,
      RemoveConnection removeConnection,
      ReadCallBudgets readCallBudgets,
      ProblemWriter problems) {
    this.connections = connections;
    this.addConnection = addConnection;
    this.changeConnection = changeConnection;
    this.removeConnection = removeConnection;
    this.readCallBudgets = readCallBudgets;
    this.problems = problems;
  }

  @PostMapping(consumes = "application/json")
  @RequiresScope(Scope.CONNECTIONS_WRITE)
  public ResponseEntity<Object> add(
      HttpServletRequest request, @RequestBody(required = false) byte @Nullable [] body) {
    QueryFields.none(request);
    var caller = Callers.of(request);
    if (caller.limit().connections() != null) {
      return problems.entity(request, ConnectionProblems.limitedKey());
    }
    var fields = JsonFields.of(body);
    var provider = fields.requiredText("provider", ProviderId::new);
    var apiVersion = fields.optionalText("api_version", Function.identity());
    var name = fields.requiredText("name", Connection::requireName);
    var environment = fields.optionalText("environment", ConnectionController::environment);
    var credentials = fields.requiredTextMap("credentials");
    var callBudget = CallBudgetJson.read(fields);
    var schedule = ScheduleJson.read(fields);
    fields.done();
    var command =
        new AddConnection.Command(
            caller.actor(),
            provider.get(),
            apiVersion.orNull(),
            name.get(),
            environment.orNull(),
            credentials(credentials.get()),
            CallBudgetJson.budget(callBudget),
            schedule == null ? null : schedule.to());
    return switch (addConnection.add(command)) {
      case AddConnection.Outcome.Added(var connection) ->
          ResponseEntity.created(URI.create(PATH + "/" + connection.id())).body(json(connection));
      case AddConnection.Outcome.UnknownProvider(var known) ->
          throw new InvalidRequest("provider", "must be one of " + list(known));
      case AddConnection.Outcome.WrongApiVersion(var allowed) ->
          throw new InvalidRequest(
              "api_version",
              allowed.isEmpty()
                  ? "must be absent: this provider has only one"
                  : "must be one of " + list(allowed));
      case AddConnection.Outcome.WrongCredentialFields(var required) ->
          throw new InvalidRequest("credentials", "must have exactly " + list(required));
      case AddConnection.Outcome.NoEnvironments() ->
          throw new InvalidRequest(
              "environment", "is not for this provider: its key decides between live and test");
      case AddConnection.Outcome.SecretInUse() ->
          problems.entity(request, ConnectionProblems.secretInUse());
    };
  }

  @GetMapping
  @RequiresScope(Scope.CONNECTIONS_READ)
  PageJson<ConnectionJson> list(HttpServletRequest request) {
    var fields = QueryFields.of(request);
    var after = fields.cursor(LISTING);
    var limit = fields.limit();
    fields.done();
    var page =
        connections.page(
            Callers.visibility(request), after == null ? null : new ConnectionId(after), limit);
    var budgets = readCallBudgets.read(page.items());
    return PageJson.of(
        page,
        c -> ConnectionJson.of(c, Objects.requireNonNull(budgets.get(c.id()))),
        LISTING,
        c -> c.id().toString());
  }

  @GetMapping("/{connection_id}")
  @RequiresScope(Scope.CONNECTIONS_READ)
  ResponseEntity<Object> read(
      HttpServletRequest request, @PathVariable("connection_id") String id) {
    QueryFields.none(request);
    return connections
        .find(id(id), Callers.visibility(request))
        .map(connection -> ResponseEntity.ok((Object) json(connection)))
        .orElseGet(() -> problems.entity(request, ConnectionProblems.notFound()));
  }

  @PatchMapping(path = "/{connection_id}", consumes = "application/json")
  @RequiresScope(Scope.CONNECTIONS_WRITE)
  ResponseEntity<Object> change(
      HttpServletRequest request,
      @PathVariable("connection_id") String id,
      @RequestBody(required = false) byte @Nullable [] body) {
    QueryFields.none(request);
    var fields = JsonFields.of(body);
    var callBudget = CallBudgetJson.read(fields);
    var schedule = ScheduleJson.read(fields);
    fields.done();
    var command =
        new ChangeConnection.Command(
            Callers.of(request).actor(),
            Callers.visibility(request),
            id(id),
            CallBudgetJson.changes(callBudget),
            schedule);
    return switch (changeConnection.change(command)) {
      case ChangeConnection.Outcome.Changed(var connection) -> ResponseEntity.ok(json(connection));
      case ChangeConnection.Outcome.Unknown() ->
          problems.entity(request, ConnectionProblems.notFound());
    };
  }

  @DeleteMapping("/{connection_id}")
  @RequiresScope(Scope.CONNECTIONS_WRITE)
  ResponseEntity<Object> remove(
      HttpServletRequest request, @PathVariable("connection_id") String id) {
    var fields = QueryFields.of(request);
    var closeWallets = fields.optional("close_wallets", ConnectionController::flag);
    fields.done();
    var command =
        new RemoveConnection.Command(
            Callers.of(request).actor(),
            Callers.visibility(request),
            id(id),
            Boolean.TRUE.equals(closeWallets));
    return switch (removeConnection.remove(command)) {
      case RemoveConnection.Outcome.Removed _ -> ResponseEntity.noContent().build();
      case RemoveConnection.Outcome.HasOpenWallets(var count) ->
          problems.entity(request, ConnectionProblems.hasOpenWallets(count));
      case RemoveConnection.Outcome.Unknown() ->
          problems.entity(request, ConnectionProblems.notFound());
    };
  }

  private ConnectionJson json(Connection connection) {
    var budgets = readCallBudgets.read(List.of(connection));
    return ConnectionJson.of(connection, Objects.requireNonNull(budgets.get(connection.id())));
  }

  private static ConnectionId id(String text) {
    return new ConnectionId(UuidText.parse("connection_id", text));
  }

  private static Environment environment(String text) {
    return switch (text) {
      case "live" -> Environment.LIVE;
      case "sandbox" -> Environment.SANDBOX;
      default -> throw new InvalidValue("must be live or sandbox");
    };
  }

  private static Boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new InvalidValue("must be true or false");
    };
  }

  static Credentials credentials(Map<String, String> fields) {
    try {
      return new Credentials(fields);
    } catch (InvalidValue e) {
      throw new InvalidRequest("credentials", "each " + e.getMessage());
    }
  }

  static String list(Set<?> values) {
    return values.stream()
        .map(Object::toString)
        .collect(Collectors.toCollection(TreeSet::new))
        .stream()
        .collect(Collectors.joining(", "));
  }
}
