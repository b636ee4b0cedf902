package io.walletsync.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The map of the core: what each feature may see, and the few fields that may change. */
final class CoreMap {
  private static final String ARROWS =
      """
      kernel ->
      # kernel for InvalidValue alone: a refused amount and a refused key are one kind of thing
      money -> kernel
      audit -> kernel
      access -> kernel audit
      retention ->
      wallet -> kernel money audit
      balance -> kernel money wallet audit
      analytics -> kernel money wallet balance
      export -> kernel money wallet balance analytics movement
      position -> kernel money wallet balance
      # kernel and audit for the use cases that need the registry and the provider
      provider -> kernel money audit wallet balance
      event -> kernel money wallet balance provider sync schedule audit
      schedule -> kernel money wallet balance provider sync audit
      # what happens elsewhere is told from here, so that nobody else needs to know the outbox
      notification -> kernel money audit wallet balance provider schedule reconciliation
      publishing -> kernel wallet notification
      channel -> kernel
      # sync for the keys of requests that are repeated
      subscription -> kernel audit wallet sync notification channel
      delivery -> kernel money audit wallet balance notification channel subscription
      rule -> kernel money wallet
      judgement -> money wallet balance schedule rule
      alert -> kernel money audit wallet balance schedule reconciliation notification rule \
          judgement
      sync -> kernel money wallet balance provider audit
      bulk -> kernel money wallet balance provider sync audit
      movement -> kernel money wallet balance provider audit
      # payout for the money that is spoken for
      runway -> kernel money wallet balance payout audit
      # sync to ask first where the balance is too old, movement for what has left
      payout -> kernel money wallet balance provider sync movement audit
      # movement for what the provider's own ledger explains
      reconciliation -> kernel money wallet balance movement audit
      memory -> kernel money audit access wallet balance position provider sync schedule \
          event bulk movement reconciliation notification publishing channel subscription \
          delivery rule judgement alert runway payout
      """;

  /**
   * What changes by design: a wallet while a batch is judged, a course while it is told or run, and
   * counts kept under a lock.
   */
  static final Set<String> MUTABLE =
      Set.of(
          "balance.WalletLedger.latest",
          "balance.WalletDoubts.open",
          "kernel.Gathering.itemsWaiting",
          "kernel.Gathering.underWay",
          "movement.Chain.last",
          "movement.Chain.balance",
          "movement.ImportRound$Reader.progress",
          "movement.ImportRound$Reader.added",
          "movement.ImportRound$Reader.found",
          "movement.ChangeWalk.first",
          "movement.ChangeWalk.newest",
          "movement.ChangeWalk.isStopped",
          "movement.Rings.balances",
          "movement.Rings.movements",
          "reconciliation.BalanceCourse.end",
          "reconciliation.BalanceCourse.standing",
          "reconciliation.BalanceCourse.newest",
          "reconciliation.BalanceCourse.atStart",
          "reconciliation.BalanceCourse.nearest",
          "reconciliation.BalanceCourse.moved",
          "reconciliation.BalanceCourse.nearestMoved",
          "analytics.Curve.open",
          "alert.AlertLedger$OfRule.rule",
          "payout.CoverOpenReservations$Walk.covered",
          "payout.CoverOpenReservations$Walk.broken",
          "runway.PastWeeks.first",
          "runway.PastWeeks.last",
          "runway.Course$Run.level",
          "runway.Course$Run.next",
          "runway.Course$Run.runsOutAt",
          "runway.Course$Run.uncovered",
          "export.MovementRows.query",
          "export.MovementRows.page",
          "export.MovementRows.next",
          "export.Pen.isOpened",
          "export.Pen.opening",
          "export.Pen.balance",
          "access.FailedAuthentications.minute",
          "access.FailedAuthentications$Count.seen",
          "access.FailedAuthentications$Count.more",
          "access.FailedAuthentications$Count.last");

  private CoreMap() {}

  /** Each feature and the features it may see. */
  static Map<String, List<String>> arrows() {
    var arrows = new LinkedHashMap<String, List<String>>();
    for (var line : ARROWS.lines().filter(line -> !line.startsWith("#")).toList()) {
      var ends = line.split(" *-> *", 2);
      arrows.put(ends[0], ends[1].isEmpty() ? List.of() : List.of(ends[1].split(" +")));
    }
    return arrows;
  }
}
