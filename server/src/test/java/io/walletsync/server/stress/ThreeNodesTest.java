package io.walletsync.server.stress;

import static io.walletsync.server.stress.ScheduledFleet.CUT_OFF;
import static io.walletsync.server.stress.ScheduledFleet.KILLED;
import static io.walletsync.server.stress.ScheduledFleet.STEADY;
import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.server.stress.StubFlutterwave.Call;
import io.walletsync.server.support.Eventually;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Three nodes share a schedule. One is killed and another loses the database while providers are
 * about to answer them: no wallet is synced twice for one tick, and none is forgotten.
 */
class ThreeNodesTest {
  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @Test
  void aKilledNodeAndOneThatLostTheDatabaseCostNoTick() {
    try (var fleet = ScheduledFleet.start()) {
      var cut = killAndCut(fleet);
      awaitTakeover(fleet, cut, PATIENCE, () -> endLeases(fleet));
      restore(fleet, cut);
      awaitAllRecordedSince(fleet, cut.at());
      stop(fleet);
      requireEachTickOnce(fleet, cut);
    }
  }

  @Test
  @Tag("long")
  void theirWalletsAreTakenOverWithinTheLeaseTime() {
    try (var fleet = ScheduledFleet.start()) {
      var cut = killAndCut(fleet);
      awaitTakeover(fleet, cut, LEASE.plus(Duration.ofSeconds(5)), () -> {});
      awaitAllRecordedSince(fleet, cut.at());
      restore(fleet, cut);
      for (var tick = 0; tick < 3; tick++) {
        awaitAllRecordedSince(fleet, now(fleet));
      }
      requireOnlyTheLivingToForget(fleet, cut.at());
      stop(fleet);
      requireEachTickOnce(fleet, cut);
    }
  }

  /**
   * Two nodes gone in the middle of their calls.
   *
   * @param at after both were gone
   * @param leases what was leased then, by them or for a moment by the third
   * @param lost calls that are answered when nobody is there to record them
   * @param late calls that are answered when the database is there again, and the lease is not
   */
  private record Cut(Instant at, Set<UUID> leases, List<Call> lost, StubFlutterwave.Hold late) {}

  private static Cut killAndCut(ScheduledFleet fleet) {
    var flutterwave = fleet.flutterwave();
    for (var node : List.of(KILLED, CUT_OFF, STEADY)) {
      Eventually.within(PATIENCE, "a record of " + node, () -> fleet.recordsAgain(node, 0));
    }
    var ofKilled = flutterwave.hold(KILLED);
    Eventually.within(PATIENCE, "two calls in flight", () -> ofKilled.calls().size() >= 2);
    fleet.server(KILLED).kill();
    ofKilled.end();

    var ofCutOff = flutterwave.hold(CUT_OFF);
    Eventually.within(PATIENCE, "a call in flight", () -> !ofCutOff.calls().isEmpty());
    var late = flutterwave.hold(CUT_OFF);
    Eventually.within(PATIENCE, "another one", () -> !late.calls().isEmpty());
    fleet.way().goAway();
    ofCutOff.end();
    var lost = new ArrayList<>(ofKilled.calls());
    lost.addAll(ofCutOff.calls());
    return new Cut(now(fleet), leases(fleet), lost, late);
  }

  /** Nobody else can end the leases of the dead than one who took their wallets over. */
  private static void awaitTakeover(
      ScheduledFleet fleet, Cut cut, Duration patience, Runnable timePasses) {
    assertThat(cut.leases()).isNotEmpty();
    Eventually.within(
        patience,
        "all wallets of the dead are taken over",
        () -> {
          timePasses.run();
          return Collections.disjoint(leases(fleet), cut.leases());
        });
  }

  /** Stands for the minute that a lease lasts; those of the living never grow so old. */
  private static void endLeases(ScheduledFleet fleet) {
    fleet
        .database()
        .look()
        .sql(
            """
            update wallet_schedule set due_at = clock_timestamp()
             where lease_token is not null
               and due_at between clock_timestamp() and clock_timestamp() + interval '57 seconds'
            """)
        .update();
  }

  private static void restore(ScheduledFleet fleet, Cut cut) {
    var flutterwave = fleet.flutterwave();
    fleet.way().comeBack();
    var calls = flutterwave.calls().size();
    flutterwave.answer(CUT_OFF);
    cut.late().end();
    Eventually.within(PATIENCE, "the node works again", () -> fleet.recordsAgain(CUT_OFF, calls));
  }

  private static void awaitAllRecordedSince(ScheduledFleet fleet, Instant moment) {
    Eventually.within(
        PATIENCE, "a new balance of every wallet", () -> fleet.areAllRecordedSince(moment));
  }

  /** What is done once for all is done by those who are left. */
  private static void requireOnlyTheLivingToForget(ScheduledFleet fleet, Instant since) {
    Eventually.within(
        PATIENCE,
        "each recurring task was done again",
        () ->
            fleet
                .database()
                .look()
                .sql("select bool_and(last_success > ?) from recurring_task")
                .param(since.atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .single());
  }

  /** Whoever stops ends what it began. */
  private static void stop(ScheduledFleet fleet) {
    assertThat(fleet.server(CUT_OFF).stop()).isZero();
    assertThat(fleet.server(STEADY).stop()).isZero();
    assertThat(leases(fleet)).isEmpty();
  }

  private static void requireEachTickOnce(ScheduledFleet fleet, Cut cut) {
    assertThat(fleet.recordsOf(cut.lost())).as("of the dead").isEmpty();
    assertThat(fleet.recordsOf(cut.late().calls())).as("recorded too late").isEmpty();
    var database = fleet.database().look();
    for (var table : List.of("late_reading", "quarantined_reading")) {
      assertThat(database.sql("select * from " + table).query().listOfRows()).isEmpty();
    }
    var byWallet = fleet.records().stream().collect(Collectors.groupingBy(ScheduledRecord::wallet));
    assertThat(byWallet).hasSize(ScheduledFleet.WALLETS);
    byWallet.forEach(
        (wallet, records) -> {
          assertThat(records).extracting(ScheduledRecord::tick).doesNotHaveDuplicates();
          for (var i = 1; i < records.size(); i++) {
            assertThat(records.get(i).callStartedAt())
                .as("%s", records)
                .isAfter(records.get(i - 1).callStartedAt().plus(INTERVAL.dividedBy(2)));
          }
          var history = History.of(fleet.database(), wallet);
          history.requireWhole().requireAudited(fleet.database()).requireTold(fleet.database());
          assertThat(history.size()).isEqualTo(records.size());
        });
  }

  private static Set<UUID> leases(ScheduledFleet fleet) {
    return fleet
        .database()
        .look()
        .sql("select distinct lease_token from wallet_schedule where lease_token is not null")
        .query((row, _) -> row.getObject("lease_token", UUID.class))
        .set();
  }

  private static Instant now(ScheduledFleet fleet) {
    return Objects.requireNonNull(
            fleet
                .database()
                .look()
                .sql("select clock_timestamp()")
                .query(OffsetDateTime.class)
                .single())
        .toInstant();
  }
}
