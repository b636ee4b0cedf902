package io.walletsync.server.http.sync;

import io.walletsync.core.access.FailedAuthentications;
import io.walletsync.core.access.Scope;
import io.walletsync.core.balance.Recorded;
import io.walletsync.core.balance.Source;
import io.walletsync.core.sync.SyncWalletBalance;
import io.walletsync.core.sync.SyncWalletBalance.Outcome;
import io.walletsync.server.http.access.AccessProblems;
import io.walletsync.server.http.access.Callers;
import io.walletsync.server.http.access.RequiresScope;
import io.walletsync.server.http.balance.SnapshotJson;
import io.walletsync.server.http.problem.ProblemWriter;
import io.walletsync.server.http.wallet.WalletController;
import io.walletsync.server.http.wallet.WalletProblems;
import io.walletsync.server.http.wire.IdempotencyKeys;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The route of the main job. */
@RestController
public final class SyncController {
  private final SyncWalletBalance syncWalletBalance;
  private final FailedAuthentications failures;
  private final ProblemWriter problems;
  private final JsonMapper json;

  public SyncController(
      SyncWalletBalance syncWalletBalance,
      FailedAuthentications failures,
      ProblemWriter problems,
      JsonMapper json) {
    this.syncWalletBalance = syncWalletBalance;
    this.failures = failures;
    this.problems = problems;
    this.json = json;
  }

  @PostMapping(
      path = "/api/v1/wallets/{wallet_id}/sync-balance",
      consumes = MediaType.APPLICATION_JSON_VALUE)
  @RequiresScope(value = Scope.BALANCES_SYNC, claimsNonce = true)
  public ResponseEntity<Object> sync(
      HttpServletRequest request,
      @PathVariable("wallet_id") String id,
      @RequestBody(required = false) byte @Nullable [] body) {
    var wallet = WalletController.id(id);
    var read = SyncRequestReader.read(request, wallet, body);
    var caller = Callers.of(request);
    var command =
        new SyncWalletBalance.Command(
            wallet,
            Callers.visibility(request),
            caller.actor(),
            caller.apiKey(),
            read.key(),
            read.fingerprint(),
            caller.nonce(),
            read.userId(),
            Source.API,
            this::write);
    return switch (syncWalletBalance.sync(command)) {
      case Outcome.Synced(_, var text) -> answer().body(text);
      case Outcome.Replayed(var text) ->
          answer().header(IdempotencyKeys.REPLAYED, "true").body(text);
      case Outcome.InFlight(var remaining) ->
          problems.entity(request, SyncProblems.inFlight(remaining));
      case Outcome.KeyReused() -> problems.entity(request, SyncProblems.keyReused());
      case Outcome.NonceReused() -> {
        failures.nonceReused(caller);
        yield problems.entity(request, AccessProblems.nonceReused());
      }
      case Outcome.UnknownWallet() -> problems.entity(request, WalletProblems.notFound());
      case Outcome.WalletClosed() -> problems.entity(request, WalletProblems.closed());
      case Outcome.ProviderFailed(var failure) ->
          problems.entity(request, SyncProblems.providerFailed(failure));
    };
  }

  private static ResponseEntity.BodyBuilder answer() {
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .cacheControl(CacheControl.noStore());
  }

  private String write(Recorded.Answer answer) {
    return json.writeValueAsString(SnapshotJson.synced(answer));
  }
}
