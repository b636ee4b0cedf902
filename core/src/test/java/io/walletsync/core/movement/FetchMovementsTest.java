package io.walletsync.core.movement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.core.Examples;
import io.walletsync.core.audit.AuditTrail;
import io.walletsync.core.movement.FetchMovements.Outcome;
import io.walletsync.core.movement.MovementFeed.Reply;
import io.walletsync.core.movement.MovementFeed.Row;
import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.provider.ProviderFailure.Reason;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.Visibility;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** How one wallet's movements are imported, round after round. */
final class FetchMovementsTest {
  private final MovementFixture fixture = new MovementFixture(2);

  @Test
  void beginsBeforeTheWalletWasRegisteredAndGoesOnWhereItWasComplete() {
    fixture.feed.lists(List.of(List.of(row("a", 10, "5"))));

    assertThat(fixture.fetch()).isEqualTo(new Outcome.Fetched(1, false));
    assertThat(fixture.fetch()).isEqualTo(new Outcome.Fetched(0, false));

    var first = fixture.feed.windows.getFirst();
    assertThat(first.from()).isEqualTo(fixture.wallet.createdAt().minus(Duration.ofDays(30)));
    assertThat(first.until()).isEqualTo(fixture.clock.instant());
    assertThat(fixture.feed.windows.getLast().from())
        .isEqualTo(first.until().minus(Duration.ofHours(1)));
    assertThat(coverage()).isEqualTo(new Coverage(first.from(), first.until()));
  }

  @Test
  void aLongFeedIsReadInRoundsOfSomePagesAndNothingIsCompleteBeforeItsEnd() {
    fixture.feed.lists(
        List.of(
            List.of(row("c", 30, "3")), List.of(row("b", 20, "2")), List.of(row("a", 10, "1"))));

    assertThat(fixture.fetch()).isEqualTo(new Outcome.Fetched(2, true));
    assertThat(standing().progress().complete()).isNull();

    fixture.clock.advance(Duration.ofHours(5));
    assertThat(fixture.fetch()).isEqualTo(new Outcome.Fetched(1, false));
    assertThat(fixture.feed.asked).containsExactly("first", "1", "2");
    // as of the time when it began: what came since is for the next window
    assertThat(coverage().until()).isEqualTo(fixture.clock.instant().minus(Duration.ofHours(5)));
  }

  @Test
  void aFailureKeepsThePagesBeforeItAndTheNextRoundGoesOnBehindThem() {
    fixture.feed.lists(List.of(List.of(row("b", 20, "2")), List.of(row("a", 10, "1"))));
    fixture.feed.repliesOnce(new Reply.Rows(List.of(row("b", 20, "2")), Optional.of("1")));
    fixture.feed.repliesOnce(
        new Reply.Failure(ProviderFailure.of(Reason.UNREADABLE, "Not what it documents.")));

    assertThat(fixture.fetch()).isInstanceOf(Outcome.Failed.class);
    assertThat(fixture.kept()).extracting(ProviderMovement::key).containsExactly("b");
    assertThat(standing().failure()).isEqualTo("unreadable");
    assertThat(standing().failures()).isOne();

    assertThat(fixture.fetch()).isEqualTo(new Outcome.Fetched(1, false));
    assertThat(fixture.feed.asked).containsExactly("first", "1", "1");
    assertThat(standing().failures()).isZero();
  }

  @Test
  void aNodeThatDiedIsFollowedByAnotherOnceItsLeaseHasEnded() {
    fixture.feed.lists(List.of(List.of(row("b", 20, "2")), List.of(row("a", 10, "1"))));
    fixture.feed.kills(List.of(false, true));
    assertThatThrownBy(fixture::fetch).isInstanceOf(ScriptedFeed.Killed.class);
    assertThat(fixture.fetch()).isEqualTo(new Outcome.UnderWay());

    fixture.clock.advance(Duration.ofSeconds(60));

    assertThat(fixture.fetch()).isEqualTo(new Outcome.Fetched(1, false));
    assertThat(fixture.feed.asked).containsExactly("first", "1", "1");
    assertThat(fixture.kept()).hasSize(2);
  }

  @Test
  void saysWhatTheProviderDoesNotOffer() {
    fixture.feed.repliesOnce(new Reply.NotOffered("Two wallets of one currency."));

    assertThat(fixture.fetch()).isEqualTo(new Outcome.NotOffered("Two wallets of one currency."));
    assertThat(standing().failure()).isEqualTo("not_offered");
  }

  @Test
  void whatTheCallerMayNotSeeDoesNotExist() {
    var outcome =
        fixture
            .fetchMovements()
            .fetch(
                new FetchMovements.Command(
                    Examples.actor(), new Visibility(Set.of()), fixture.wallet.id()));

    assertThat(outcome).isEqualTo(new Outcome.UnknownWallet());
    assertThat(fixture.feed.asked).isEmpty();
  }

  @Test
  void aPersonsImportIsAuditedAndTheNodesOwnIsNot() {
    fixture.feed.lists(List.of(List.of(row("a", 10, "5"))));
    fixture.fetch();

    assertThat(audited()).isEqualTo(1);
    assertThat(due().fetch(new FetchDueMovements.Command(() -> false)))
        .isInstanceOf(FetchDueMovements.Outcome.NothingDue.class);
    assertThat(audited()).isEqualTo(1);
  }

  @Test
  void whatIsDueIsImportedAndThenNotDueForAnInterval() {
    fixture.feed.lists(List.of(List.of(row("a", 10, "5"))));
    fixture.storage.movementImports().enrol(Duration.ZERO, 10);

    assertThat(due().fetch(new FetchDueMovements.Command(() -> false)))
        .isEqualTo(new FetchDueMovements.Outcome.NothingDue(1));
    assertThat(due().fetch(new FetchDueMovements.Command(() -> false)))
        .isEqualTo(new FetchDueMovements.Outcome.NothingDue(0));

    fixture.clock.advance(Duration.ofHours(1));
    assertThat(due().fetch(new FetchDueMovements.Command(() -> false)))
        .isEqualTo(new FetchDueMovements.Outcome.NothingDue(1));
    assertThat(fixture.kept()).hasSize(1);
  }

  @Test
  void aBalanceThatIsToldLateWithTheTimeOfAnOldMovementIsCheckedToo() {
    fixture.feed.lists(List.of(List.of(row("b", 20, "5"), row("a", 10, "4"))));
    fixture.snapshot(1, Examples.MORNING.plusSeconds(10), "4");
    fixture.fetch();
    fixture.clock.advance(Duration.ofHours(6));
    fixture.fetch();
    assertThat(fixture.storage.movementFindings().figures().walletsUnexplained()).isZero();

    // long after the window in which it lies was checked
    fixture.snapshot(2, Examples.MORNING.plusSeconds(20), "9");
    fixture.clock.advance(Duration.ofHours(1));
    fixture.fetch();

    assertThat(fixture.storage.movementFindings().figures().unexplained())
        .containsExactly(Map.entry(Examples.NGN, new BigDecimal("4")));
  }

  @Test
  void aHoleThatIsYoungIsReadAgainUntilItIsOld() {
    var now = fixture.clock.instant();
    fixture.feed.lists(List.of(List.of(row("c", now.minusSeconds(7_200), "3"))));
    fixture.fetch();
    fixture.feed.lists(List.of(List.of(row("e", now.minusSeconds(60), "5"))));
    fixture.fetch();
    assertThat(holes()).isOne();

    fixture.clock.advance(Duration.ofHours(3));
    fixture.fetch();
    assertThat(lastWindow().from()).as("from where it begins").isEqualTo(now.minusSeconds(7_200));

    fixture.clock.advance(Duration.ofHours(2));
    fixture.fetch();
    assertThat(lastWindow().from())
        .as("no further back than six hours")
        .isEqualTo(fixture.clock.instant().minus(Duration.ofHours(6)));

    fixture.feed.lists(List.of(List.of(row("d", now.minusSeconds(3_600), "4"))));
    fixture.fetch();
    assertThat(holes()).isZero();
    fixture.fetch();
    assertThat(lastWindow().from()).isEqualTo(fixture.clock.instant().minus(Duration.ofHours(1)));
  }

  @Test
  void anOldHoleIsReadAgainWhereSomebodyAsks() {
    fixture.feed.lists(List.of(List.of(row("a", 10, "1"), row("c", 30, "3"))));
    fixture.fetch();
    assertThat(holes()).isOne();
    fixture.clock.advance(Duration.ofDays(3));
    fixture.fetch();
    assertThat(lastWindow().from()).isAfter(Examples.MORNING.plusSeconds(30));
    var before = coverage();

    fixture.feed.lists(List.of(List.of(row("b", 20, "2")), List.of(), List.of()));
    assertThat(fixture.fetch(Examples.MORNING)).isEqualTo(new Outcome.Fetched(1, true));
    // asked again, and by the next round alone, it goes on instead of beginning anew
    assertThat(fixture.fetch(Examples.MORNING)).isEqualTo(new Outcome.Fetched(0, false));

    assertThat(lastWindow().from()).isEqualTo(Examples.MORNING);
    assertThat(fixture.feed.asked).endsWith("first", "1", "2");
    assertThat(holes()).isZero();
    assertThat(coverage().from()).isEqualTo(before.from());
  }

  @Test
  void whatWasCompleteBeginsEarlierWhereSomebodyAskedForIt() {
    fixture.feed.lists(List.of(List.of()));
    fixture.fetch();
    var from = fixture.clock.instant().minus(Duration.ofDays(200));

    fixture.fetch(from);

    assertThat(coverage()).isEqualTo(new Coverage(from, fixture.clock.instant()));
  }

  @Test
  void nothingIsReadAgainFromTheFutureOrFromLongAgo() {
    var now = fixture.clock.instant();
    var outOfReach = new Outcome.OutOfReach(Duration.ofDays(366));

    assertThat(fixture.fetch(now.plusSeconds(1))).isEqualTo(outOfReach);
    assertThat(fixture.fetch(now.minus(Duration.ofDays(366)).minusSeconds(1)))
        .isEqualTo(outOfReach);
    assertThat(fixture.feed.asked).isEmpty();
  }

  @Test
  void aLongCheckKeepsItsLeaseAndWhatItFound() {
    var rows = new ArrayList<Row>();
    for (var i = 1; i <= 2_500; i++) {
      if (i != 1_000) {
        rows.add(row("m" + i, i, Integer.toString(i)));
      }
    }
    fixture.feed.lists(List.of(rows));
    var others = new ArrayList<Outcome>();
    // each page takes so long that two of them outlast the lease
    fixture.movements =
        new SlowMovements(
            fixture.storage.movements(),
            () -> {
              fixture.clock.advance(Duration.ofSeconds(40));
              others.add(fixture.fetch());
            });

    assertThat(fixture.fetch()).isEqualTo(new Outcome.Fetched(2_499, false));

    assertThat(others).hasSizeGreaterThan(2).containsOnly(new Outcome.UnderWay());
    assertThat(holes()).isOne();
    assertThat(standing().progress().uncheckedFrom()).isNull();
  }

  @Test
  void whatHasNoConnectionAnyMoreIsNotDueAgainAtOnce() {
    fixture.storage.movementImports().enrol(Duration.ZERO, 10);
    fixture
        .transactions()
        .inTransaction(
            () -> {
              fixture.connections().remove(fixture.wallet.connectionId());
              return fixture;
            });

    assertThat(due().fetch(new FetchDueMovements.Command(() -> false)))
        .isEqualTo(new FetchDueMovements.Outcome.NothingDue(1));
    assertThat(fixture.feed.asked).isEmpty();
  }

  @Test
  void aNodeThatStopsBeginsNoFurtherRound() {
    fixture.storage.movementImports().enrol(Duration.ZERO, 10);

    assertThat(due().fetch(new FetchDueMovements.Command(new AtomicBoolean(true)::get)))
        .isEqualTo(new FetchDueMovements.Outcome.MoreLeft(0));
    assertThat(fixture.feed.asked).isEmpty();
  }

  private FetchDueMovements due() {
    return new FetchDueMovements(
        fixture.storage.movementImports(),
        fixture.fetchMovements(),
        new MovementObserver() {
          @Override
          public void ended(ProviderId provider, Outcome outcome, int movements) {}

          @Override
          public void broke(RuntimeException cause) {
            throw cause;
          }
        },
        Duration.ofHours(1),
        Duration.ofSeconds(30));
  }

  private long audited() {
    return fixture
        .storage
        .auditTrail()
        .page(new AuditTrail.Query("import_movements", null, null, null, 9))
        .items()
        .size();
  }

  private MovementImports.Standing standing() {
    return fixture.storage.movementImports().find(fixture.wallet.id()).orElseThrow();
  }

  private Coverage coverage() {
    return standing().progress().coverage().orElseThrow();
  }

  private long holes() {
    return fixture.storage.movementFindings().figures().holes();
  }

  private MovementFeed.Window lastWindow() {
    return fixture.feed.windows.getLast();
  }

  private static Row row(String key, int second, String balance) {
    return row(key, Examples.MORNING.plusSeconds(second), balance);
  }

  private static Row row(String key, Instant at, String balance) {
    return new Row(
        key, at, Examples.naira("1"), Examples.naira(balance), null, null, null, Metadata.NONE);
  }
}
