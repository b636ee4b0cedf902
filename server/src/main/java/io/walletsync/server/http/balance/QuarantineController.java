package io.walletsync.server.http.balance;

import io.walletsync.core.access.Scope;
import io.walletsync.core.balance.QuarantinedReadings;
import io.walletsync.core.balance.SettleQuarantinedReading;
import io.walletsync.core.balance.SettleQuarantinedReading.Decision;
import io.walletsync.core.balance.SettleQuarantinedReading.Outcome;
import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.server.http.access.Callers;
import io.walletsync.server.http.access.RequiresScope;
import io.walletsync.server.http.problem.Problem;
import io.walletsync.server.http.problem.ProblemWriter;
import io.walletsync.server.http.wallet.WalletProblems;
import io.walletsync.server.http.wire.JsonFields;
import io.walletsync.server.http.wire.NoteText;
import io.walletsync.server.http.wire.PageJson;
import io.walletsync.server.http.wire.QueryFields;
import io.walletsync.server.http.wire.UuidText;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The routes of readings that were too strange to be believed. */
@RestController
@RequestMapping(QuarantineController.PATH)
public final class QuarantineController {
  static final String PATH = "/api/v1/quarantined-readings";
  private static final String LISTING = "quarantined-readings";

  private final QuarantinedReadings readings;
  private final SettleQuarantinedReading settleQuarantinedReading;
  private final ProblemWriter problems;

  public QuarantineController(
      QuarantinedReadings readings,
      SettleQuarantinedReading settleQuarantinedReading,
      ProblemWriter problems) {
    this.readings = readings;
    this.settleQuarantinedReading = settleQuarantinedReading;
    this.problems = problems;
  }

  @GetMapping
  @RequiresScope(Scope.WALLETS_READ)
  PageJson<QuarantinedReadingJson> list(HttpServletRequest request) {
    var fields = QueryFields.of(request);
    var wallet = fields.optionalUuid("wallet_id");
    var connection = fields.optionalUuid("connection_id");
    var query =
        new QuarantinedReadings.Query(
            Callers.visibility(request),
            wallet == null ? null : new WalletId(wallet),
            connection == null ? null : new ConnectionId(connection),
            fields.optional("status", QuarantineController::isOpen),
            fields.cursor(LISTING),
            fields.limit());
    fields.done();
    return PageJson.of(
        readings.page(query),
        QuarantinedReadingJson::of,
        LISTING,
        reading -> reading.readingId().toString());
  }

  @GetMapping("/{reading_id}")
  @RequiresScope(Scope.WALLETS_READ)
  ResponseEntity<Object> read(HttpServletRequest request, @PathVariable("reading_id") String id) {
    QueryFields.none(request);
    return readings
        .find(id(id), Callers.visibility(request))
        .map(reading -> ResponseEntity.ok((Object) QuarantinedReadingJson.of(reading)))
        .orElseGet(() -> problems.entity(request, notFound()));
  }

  @PostMapping(path = "/{reading_id}/release", consumes = "application/json")
  @RequiresScope(Scope.WALLETS_WRITE)
  ResponseEntity<Object> release(
      HttpServletRequest request,
      @PathVariable("reading_id") String id,
      @RequestBody(required = false) byte @Nullable [] body) {
    return settle(request, id, Decision.RELEASE, body);
  }

  @PostMapping(path = "/{reading_id}/reject", consumes = "application/json")
  @RequiresScope(Scope.WALLETS_WRITE)
  ResponseEntity<Object> reject(
      HttpServletRequest request,
      @PathVariable("reading_id") String id,
      @RequestBody(required = false) byte @Nullable [] body) {
    return settle(request, id, Decision.REJECT, body);
  }

  private ResponseEntity<Object> settle(
      HttpServletRequest request, String id, Decision decision, byte @Nullable [] body) {
    QueryFields.none(request);
    var reading = id(id);
    var fields = JsonFields.of(body);
    var note = fields.optionalText("note", NoteText::parse);
    fields.done();
    var command =
        new SettleQuarantinedReading.Command(
            Callers.of(request).actor(),
            Callers.visibility(request),
            reading,
            decision,
            note.orNull());
    return switch (settleQuarantinedReading.settle(command)) {
      case Outcome.Settled(var settled) -> ResponseEntity.ok(QuarantinedReadingJson.of(settled));
      case Outcome.SettledOtherwise(var settled) ->
          problems.entity(request, settledAlready(QuarantinedReadingJson.of(settled).status()));
      case Outcome.WalletClosed() -> problems.entity(request, WalletProblems.closed());
      case Outcome.Unknown() -> problems.entity(request, notFound());
    };
  }

  private static UUID id(String text) {
    return UuidText.parse("reading_id", text);
  }

  private static Boolean isOpen(String text) {
    return switch (text) {
      case "open" -> true;
      case "settled" -> false;
      default -> throw new InvalidValue("must be open or settled");
    };
  }

  private static Problem notFound() {
    return Problem.of(
        404,
        "reading-not-found",
        "There is no such quarantined reading",
        "No quarantined reading with this id is visible to your API key.");
  }

  private static Problem settledAlready(String status) {
    return Problem.of(
            409,
            "reading-settled",
            "The reading was settled in another way",
            "It was settled before, and stays so. Sync the wallet to learn what the provider says"
                + " now.")
        .with("reading_status", status);
  }
}
