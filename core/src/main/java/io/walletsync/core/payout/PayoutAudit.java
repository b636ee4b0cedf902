package io.walletsync.core.payout;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.wallet.Wallet;
import java.util.List;

/** Writes down who set money aside for which payout, and how that went on and ended. */
final class PayoutAudit {
  private static final Actor SYSTEM = Actor.system(Coverage.BY);

  private final Auditor auditor;

  PayoutAudit(Auditor auditor) {
    this.auditor = auditor;
  }

  void reserved(Actor actor, Wallet wallet, Reservation reservation) {
    auditor.append(entry(actor, "reserve_payout", wallet, reservation));
  }

  void confirmed(Actor actor, Wallet wallet, Reservation reservation) {
    auditor.append(entry(actor, "confirm_payout", wallet, reservation));
  }

  void released(Actor actor, Wallet wallet, Reservation reservation) {
    auditor.append(entry(actor, "release_payout", wallet, reservation));
  }

  void covered(Wallet wallet, List<Reservation> covered) {
    if (!covered.isEmpty()) {
      auditor.append(
          covered.stream().map(it -> entry(SYSTEM, "cover_payout", wallet, it)).toList());
    }
  }

  private AuditEntry entry(Actor actor, String action, Wallet wallet, Reservation it) {
    var confirmed = it.confirmed();
    var ended = it.ended();
    return auditor.entry(
        actor,
        action,
        "payout_reservation",
        wallet.id().value(),
        wallet.connectionId().value(),
        it.state().code(),
        AuditEntry.facts(
            "reservation_id", it.id().toString(),
            "wallet_id", wallet.id().toString(),
            "reference", it.reference(),
            "amount", it.amount().toDecimalString(),
            "currency", it.amount().currency().value(),
            "sequence", Long.toString(ended == null ? it.made().sequence() : ended.sequence()),
            "movement_reference", confirmed == null ? null : confirmed.movementReference(),
            "movement", ended == null ? null : ended.movement(),
            "note", ended == null ? null : ended.note(),
            "never_left", ended == null ? null : Boolean.toString(ended.neverLeft())));
  }
}
