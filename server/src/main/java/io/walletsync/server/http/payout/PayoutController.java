package io.walletsync.server.http.payout;

import io.walletsync.core.access.Scope;
import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.kernel.Text;
import io.walletsync.core.payout.CheckPayout;
import io.walletsync.core.payout.ConfirmPayout;
import io.walletsync.core.payout.ListReservations;
import io.walletsync.core.payout.ReleasePayout;
import io.walletsync.core.payout.Reservation;
import io.walletsync.core.payout.Reservations;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.server.http.access.Callers;
import io.walletsync.server.http.access.RequiresScope;
import io.walletsync.server.http.problem.ProblemWriter;
import io.walletsync.server.http.wallet.WalletController;
import io.walletsync.server.http.wallet.WalletProblems;
import io.walletsync.server.http.wire.DecimalText;
import io.walletsync.server.http.wire.DurationText;
import io.walletsync.server.http.wire.JsonFields;
import io.walletsync.server.http.wire.NoteText;
import io.walletsync.server.http.wire.PageJson;
import io.walletsync.server.http.wire.QueryFields;
import io.walletsync.server.http.wire.UuidText;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The routes that guard payouts: can it be paid, what is set aside, and how that ends. */
@RestController
@RequestMapping("/api/v1/wallets/{wallet_id}")
public final class PayoutController {
  private static final int LONGEST_REFERENCE = 255;

  private final CheckPayout checkPayout;
  private final ConfirmPayout confirmPayout;
  private final ReleasePayout releasePayout;
  private final ListReservations listReservations;
  private final ProblemWriter problems;

  public PayoutController(
      CheckPayout checkPayout,
      ConfirmPayout confirmPayout,
      ReleasePayout releasePayout,
      ListReservations listReservations,
      ProblemWriter problems) {
    this.checkPayout = checkPayout;
    this.confirmPayout = confirmPayout;
    this.releasePayout = releasePayout;
    this.listReservations = listReservations;
    this.problems = problems;
  }

  @PostMapping(path = "/can-pay", consumes = "application/json")
  @RequiresScope(Scope.PAYOUTS_WRITE)
  ResponseEntity<Object> check(
      HttpServletRequest request,
      @PathVariable("wallet_id") String id,
      @RequestBody(required = false) byte @Nullable [] body) {
    QueryFields.none(request);
    var command = command(request, WalletController.id(id), body);
    return switch (checkPayout.check(command)) {
      case CheckPayout.Outcome.Answered(var answer, var at) ->
          ResponseEntity.ok()
              .cacheControl(CacheControl.noStore())
              .body(PayoutAnswerJson.of(command.wallet(), command.reference(), answer, at));
      case CheckPayout.Outcome.ReferenceReused(var known) ->
          problems.entity(request, PayoutProblems.referenceReused(known));
      case CheckPayout.Outcome.WalletClosed() -> problems.entity(request, WalletProblems.closed());
      case CheckPayout.Outcome.UnknownWallet() ->
          problems.entity(request, WalletProblems.notFound());
    };
  }

  private static CheckPayout.Command command(
      HttpServletRequest request, WalletId wallet, byte @Nullable [] body) {
    var fields = JsonFields.of(body);
    var amount = fields.requiredText("amount", PayoutController::amount);
    var reference = fields.requiredText("reference", Reservation::checkedReference);
    var reserves = fields.optionalFlag("reserve");
    var maxAge =
        fields.optionalText("max_age", text -> CheckPayout.checkedAge(DurationText.parse(text)));
    var expected =
        fields.optionalText(
            "expected_within", text -> CheckPayout.checkedTime(DurationText.parse(text)));
    fields.done();
    return new CheckPayout.Command(
        Callers.of(request).actor(),
        Callers.visibility(request),
        wallet,
        amount.get(),
        reference.get(),
        reserves.orElse(false),
        maxAge.orElse(CheckPayout.USUAL_AGE),
        expected.orElse(CheckPayout.USUAL_TIME));
  }

  private static BigDecimal amount(String text) {
    return Reservation.checkedAmount(DecimalText.parse(text));
  }

  @GetMapping("/reservations")
  @RequiresScope(Scope.WALLETS_READ)
  ResponseEntity<Object> list(HttpServletRequest request, @PathVariable("wallet_id") String id) {
    var wallet = WalletController.id(id);
    var fields = QueryFields.of(request);
    var state = fields.optional("state", PayoutController::state);
    var listing = "reservations %s %s".formatted(wallet, state);
    var query =
        new ListReservations.Query(
            Callers.visibility(request),
            new Reservations.Query(wallet, state, fields.cursor(listing), fields.limit()));
    fields.done();
    return switch (listReservations.list(query)) {
      case ListReservations.Outcome.Listed(var page, var at) ->
          ResponseEntity.ok(
              PageJson.of(
                  page, it -> ReservationJson.of(it, at), listing, it -> it.id().toString()));
      case ListReservations.Outcome.UnknownWallet() ->
          problems.entity(request, WalletProblems.notFound());
    };
  }

  @PostMapping(path = "/reservations/{reservation_id}/confirm", consumes = "application/json")
  @RequiresScope(Scope.PAYOUTS_WRITE)
  ResponseEntity<Object> confirm(
      HttpServletRequest request,
      @PathVariable("wallet_id") String wallet,
      @PathVariable("reservation_id") String reservation,
      @RequestBody(required = false) byte @Nullable [] body) {
    QueryFields.none(request);
    var id = reservationId(reservation);
    var of = WalletController.id(wallet);
    var fields = JsonFields.of(body);
    var movement =
        fields.optionalText("movement_reference", text -> Text.printable(text, LONGEST_REFERENCE));
    fields.done();
    var command =
        new ConfirmPayout.Command(
            Callers.of(request).actor(), Callers.visibility(request), of, id, movement.orNull());
    return switch (confirmPayout.confirm(command)) {
      case ConfirmPayout.Outcome.Confirmed(var now, var at) ->
          ResponseEntity.ok(ReservationJson.of(now, at));
      case ConfirmPayout.Outcome.ConfirmedOtherwise(var now) ->
          problems.entity(
              request,
              PayoutProblems.settledOtherwise(
                  now, "It was confirmed with another movement_reference, and stays so."));
      case ConfirmPayout.Outcome.Released(var now) ->
          problems.entity(
              request,
              PayoutProblems.settledOtherwise(
                  now,
                  "It was released, and its money may be promised to others. If the payout was sent"
                      + " all the same, sync the wallet."));
      case ConfirmPayout.Outcome.Unknown() -> problems.entity(request, PayoutProblems.notFound());
      case ConfirmPayout.Outcome.UnknownWallet() ->
          problems.entity(request, WalletProblems.notFound());
    };
  }

  @PostMapping(path = "/reservations/{reservation_id}/release", consumes = "application/json")
  @RequiresScope(Scope.PAYOUTS_WRITE)
  ResponseEntity<Object> release(
      HttpServletRequest request,
      @PathVariable("wallet_id") String wallet,
      @PathVariable("reservation_id") String reservation,
      @RequestBody(required = false) byte @Nullable [] body) {
    QueryFields.none(request);
    var id = reservationId(reservation);
    var of = WalletController.id(wallet);
    var fields = JsonFields.of(body);
    var note = fields.requiredText("note", NoteText::parse);
    var neverLeft = fields.optionalFlag("never_left");
    fields.done();
    var command =
        new ReleasePayout.Command(
            Callers.of(request).actor(),
            Callers.visibility(request),
            of,
            id,
            note.get(),
            neverLeft.orElse(false));
    return switch (releasePayout.release(command)) {
      case ReleasePayout.Outcome.Released(var now, var at) ->
          ResponseEntity.ok(ReservationJson.of(now, at));
      case ReleasePayout.Outcome.InQuestion(_) ->
          problems.entity(request, PayoutProblems.inQuestion());
      case ReleasePayout.Outcome.Covered(var now) ->
          problems.entity(
              request,
              PayoutProblems.settledOtherwise(
                  now, "Its money has left the wallet, and nothing is set aside for it any more."));
      case ReleasePayout.Outcome.Unknown() -> problems.entity(request, PayoutProblems.notFound());
      case ReleasePayout.Outcome.UnknownWallet() ->
          problems.entity(request, WalletProblems.notFound());
    };
  }

  private static UUID reservationId(String text) {
    return UuidText.parse("reservation_id", text);
  }

  private static Reservation.State state(String text) {
    return Arrays.stream(Reservation.State.values())
        .filter(state -> state.code().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidValue(
                    "must be one of "
                        + Arrays.stream(Reservation.State.values())
                            .map(Reservation.State::code)
                            .collect(Collectors.joining(", "))));
  }
}
