package io.walletsync.server.http.wallet;

import io.walletsync.core.access.Scope;
import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.kernel.Text;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.schedule.SyncQueue;
import io.walletsync.core.wallet.ChangeWallet;
import io.walletsync.core.wallet.CloseWallet;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.RegisterWallet;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.core.wallet.Wallets;
import io.walletsync.server.http.access.Callers;
import io.walletsync.server.http.access.RequiresScope;
import io.walletsync.server.http.problem.InvalidRequest;
import io.walletsync.server.http.problem.ProblemWriter;
import io.walletsync.server.http.wire.JsonFields;
import io.walletsync.server.http.wire.PageJson;
import io.walletsync.server.http.wire.QueryFields;
import io.walletsync.server.http.wire.UuidText;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Map;
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

/** The routes of the registry. */
@RestController
@RequestMapping(WalletController.PATH)
public final class WalletController {
  static final String PATH = "/api/v1/wallets";
  private static final String LISTING = "wallets";
  private static final int LONGEST_ID = 128;

  private final Wallets wallets;
  private final RegisterWallet registerWallet;
  private final ChangeWallet changeWallet;
  private final CloseWallet closeWallet;
  private final WalletsAsJson walletsAsJson;
  private final ProblemWriter problems;

  public WalletController(
      Wallets wallets,
      RegisterWallet registerWallet,
      ChangeWallet changeWallet,
      CloseWallet closeWallet,
      SyncQueue queue,
      ProblemWriter problems) {
    this.wallets = wallets;
    this.registerWallet = registerWallet;
    this.changeWallet = changeWallet;
    this.closeWallet = closeWallet;
    this.walletsAsJson = new WalletsAsJson(queue);
    this.problems = problems;
  }

  @PostMapping(consumes = "application/json")
  @RequiresScope(Scope.WALLETS_WRITE)
  public ResponseEntity<Object> register(
      HttpServletRequest request, @RequestBody(required = false) byte @Nullable [] body) {
    QueryFields.none(request);
    var fields = JsonFields.of(body);
    var connection = fields.requiredText("connection_id", UuidText::parse);
    var currency = fields.requiredText("currency", CurrencyCode::new);
    var account = fields.optionalText("provider_account_id", WalletController::shortText);
    var owner = fields.optionalText("owner_id", WalletController::shortText);
    var customer = fields.optionalText("provider_customer_id", WalletController::shortText);
    var metadata = fields.optionalTextMap("metadata");
    var schedule = ScheduleJson.read(fields);
    fields.done();
    var command =
        new RegisterWallet.Command(
            Callers.of(request).actor(),
            Callers.visibility(request),
            new ConnectionId(connection.get()),
            account.orElse(""),
            currency.get(),
            owner.orNull(),
            customer.orNull(),
            metadata(metadata.orElse(Map.of())),
            schedule == null ? null : schedule.to());
    return switch (registerWallet.register(command)) {
      case RegisterWallet.Outcome.Registered(var wallet) ->
          ResponseEntity.created(URI.create(PATH + "/" + wallet.id()))
              .body(walletsAsJson.of(request, wallet));
      case RegisterWallet.Outcome.AlreadyRegistered(var wallet) ->
          ResponseEntity.ok(walletsAsJson.of(request, wallet));
      case RegisterWallet.Outcome.UnknownConnection() ->
          throw new InvalidRequest(
              "connection_id", "must be a connection that is visible to your API key");
      case RegisterWallet.Outcome.WrongAccount(var accounts) ->
          throw new InvalidRequest(
              "provider_account_id",
              switch (accounts.need()) {
                case NONE -> "must be absent: this provider has no accounts";
                case OPTIONAL ->
                    "must be absent for the main account, or " + accounts.description();
                case REQUIRED ->
                    "is required by this provider and must be " + accounts.description();
              });
      case RegisterWallet.Outcome.CurrencyNotOffered(var offered) ->
          problems.entity(request, WalletProblems.currencyNotOffered(offered));
    };
  }

  @GetMapping
  @RequiresScope(Scope.WALLETS_READ)
  public PageJson<WalletJson> list(HttpServletRequest request) {
    var fields = QueryFields.of(request);
    var connection = fields.optionalUuid("connection_id");
    var after = fields.cursor(LISTING);
    var query =
        new Wallets.Query(
            Callers.visibility(request),
            connection == null ? null : new ConnectionId(connection),
            fields.optional("provider", ProviderId::new),
            fields.optional("currency", CurrencyCode::new),
            fields.optional("owner_id", WalletController::shortText),
            fields.optional("status", WalletController::anyStatus),
            after == null ? null : new WalletId(after),
            fields.limit());
    fields.done();
    var page = wallets.page(query);
    return PageJson.of(
        page, walletsAsJson.of(request, page.items()), LISTING, wallet -> wallet.id().toString());
  }

  @GetMapping("/{wallet_id}")
  @RequiresScope(Scope.WALLETS_READ)
  public ResponseEntity<Object> read(
      HttpServletRequest request, @PathVariable("wallet_id") String id) {
    QueryFields.none(request);
    return wallets
        .find(id(id), Callers.visibility(request))
        .map(wallet -> ResponseEntity.ok((Object) walletsAsJson.of(request, wallet)))
        .orElseGet(() -> problems.entity(request, WalletProblems.notFound()));
  }

  @PatchMapping(path = "/{wallet_id}", consumes = "application/json")
  @RequiresScope(Scope.WALLETS_WRITE)
  public ResponseEntity<Object> change(
      HttpServletRequest request,
      @PathVariable("wallet_id") String id,
      @RequestBody(required = false) byte @Nullable [] body) {
    QueryFields.none(request);
    var wallet = id(id);
    var fields = JsonFields.of(body);
    var paused = fields.optionalText("status", WalletController::isPaused);
    var metadata = fields.optionalPatch("metadata");
    var schedule = ScheduleJson.read(fields);
    fields.done();
    var command =
        new ChangeWallet.Command(
            Callers.of(request).actor(),
            Callers.visibility(request),
            wallet,
            paused.orNull(),
            metadata.orElse(Map.of()),
            schedule);
    try {
      return switch (changeWallet.change(command)) {
        case ChangeWallet.Outcome.Changed(var changed) ->
            ResponseEntity.ok(walletsAsJson.of(request, changed));
        case ChangeWallet.Outcome.Closed() -> problems.entity(request, WalletProblems.closed());
        case ChangeWallet.Outcome.Unknown() -> problems.entity(request, WalletProblems.notFound());
      };
    } catch (InvalidValue e) {
      throw new InvalidRequest("metadata", String.valueOf(e.getMessage()));
    }
  }

  @DeleteMapping("/{wallet_id}")
  @RequiresScope(Scope.WALLETS_WRITE)
  ResponseEntity<Object> close(HttpServletRequest request, @PathVariable("wallet_id") String id) {
    QueryFields.none(request);
    var command =
        new CloseWallet.Command(Callers.of(request).actor(), Callers.visibility(request), id(id));
    return switch (closeWallet.close(command)) {
      case CloseWallet.Outcome.Closed(var wallet) ->
          ResponseEntity.ok(walletsAsJson.of(request, wallet));
      case CloseWallet.Outcome.Unknown() -> problems.entity(request, WalletProblems.notFound());
    };
  }

  public static WalletId id(String text) {
    return new WalletId(UuidText.parse("wallet_id", text));
  }

  public static String shortText(String text) {
    return Text.printable(text, LONGEST_ID);
  }

  private static Metadata metadata(Map<String, String> entries) {
    try {
      return Metadata.of(entries);
    } catch (InvalidValue e) {
      throw new InvalidRequest("metadata", String.valueOf(e.getMessage()));
    }
  }

  private static Boolean isPaused(String status) {
    return switch (status) {
      case "active" -> false;
      case "paused" -> true;
      default -> throw new InvalidValue("must be active or paused; DELETE closes a wallet");
    };
  }

  private static Wallet.Status anyStatus(String status) {
    return switch (status) {
      case "active" -> Wallet.Status.ACTIVE;
      case "paused" -> Wallet.Status.PAUSED;
      case "closed" -> Wallet.Status.CLOSED;
      default -> throw new InvalidValue("must be active, paused or closed");
    };
  }
}
