package io.walletsync.server.http.balance;

import io.walletsync.core.access.Scope;
import io.walletsync.core.balance.LatestBalance;
import io.walletsync.core.balance.QuarantinedReading;
import io.walletsync.core.balance.ReadBalance;
import io.walletsync.server.http.access.Callers;
import io.walletsync.server.http.access.RequiresScope;
import io.walletsync.server.http.problem.Problem;
import io.walletsync.server.http.problem.ProblemWriter;
import io.walletsync.server.http.wallet.WalletController;
import io.walletsync.server.http.wallet.WalletProblems;
import io.walletsync.server.http.wire.DurationText;
import io.walletsync.server.http.wire.QueryFields;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.ServletWebRequest;

/** The route that tells how much is in a wallet, and how sure that is. */
@RestController
public final class BalanceController {
  private final ReadBalance readBalance;
  private final ProblemWriter problems;

  public BalanceController(ReadBalance readBalance, ProblemWriter problems) {
    this.readBalance = readBalance;
    this.problems = problems;
  }

  @GetMapping("/api/v1/wallets/{wallet_id}/balance")
  @RequiresScope(Scope.WALLETS_READ)
  ResponseEntity<Object> read(
      ServletWebRequest web, HttpServletRequest request, @PathVariable("wallet_id") String id) {
    var fields = QueryFields.of(request);
    var maxAge = fields.optional("max_age", DurationText::parse);
    fields.done();
    var query = new ReadBalance.Query(WalletController.id(id), Callers.visibility(request), maxAge);
    return switch (readBalance.read(query)) {
      case ReadBalance.Outcome.Found(var latest, var doubt, var age) ->
          answer(web, latest, doubt.orElse(null), age);
      case ReadBalance.Outcome.TooOld(var latest, var age) ->
          problems.entity(request, tooOld(latest, age));
      case ReadBalance.Outcome.NoSnapshotYet(var doubt) ->
          problems.entity(request, noSnapshotYet(doubt.orElse(null)));
      case ReadBalance.Outcome.UnknownWallet() ->
          problems.entity(request, WalletProblems.notFound());
    };
  }

  private static ResponseEntity<Object> answer(
      ServletWebRequest web,
      LatestBalance latest,
      @Nullable QuarantinedReading doubt,
      Duration age) {
    var tag = tag(latest, doubt);
    var unchanged = web.checkNotModified(tag);
    var answer =
        ResponseEntity.status(unchanged ? 304 : 200)
            .eTag(tag)
            .cacheControl(CacheControl.noCache().cachePrivate());
    return unchanged ? answer.build() : answer.body(SnapshotJson.read(latest, doubt, age));
  }

  /** Weak, since the age goes on growing; it changes with state, confirmation and doubt. */
  private static String tag(LatestBalance latest, @Nullable QuarantinedReading doubt) {
    var confirmed = ChronoUnit.MICROS.between(Instant.EPOCH, latest.confirmedAt());
    return "W/\"%d-%s%s\""
        .formatted(
            latest.snapshot().sequence(),
            Long.toString(confirmed, 36),
            doubt == null ? "" : "-" + doubt.readingId());
  }

  private static Problem noSnapshotYet(@Nullable QuarantinedReading doubt) {
    var problem =
        Problem.of(
            404,
            "no-snapshot-yet",
            "No balance is known yet",
            "Sync the wallet first; an unknown balance is not zero.");
    return doubt == null ? problem : problem.with("in_doubt", DoubtJson.of(doubt));
  }

  private static Problem tooOld(LatestBalance latest, Duration age) {
    return Problem.of(
            409,
            "balance-too-old",
            "The balance was not confirmed recently enough",
            "Sync the wallet, or allow a greater max_age.")
        .with("age_seconds", age.toSeconds())
        .with("confirmed_at", latest.confirmedAt().toString());
  }
}
