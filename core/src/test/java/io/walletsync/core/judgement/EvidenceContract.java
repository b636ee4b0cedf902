package io.walletsync.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.balance.BalanceSnapshots;
import io.walletsync.core.balance.LatestBalance;
import io.walletsync.core.balance.Source;
import io.walletsync.core.balance.WalletBalanceSnapshot;
import io.walletsync.core.judgement.Evidence.Extremes;
import io.walletsync.core.judgement.Evidence.Trouble;
import io.walletsync.core.money.Difference;
import io.walletsync.core.movement.ExplainedChange;
import io.walletsync.core.movement.MovementFindings;
import io.walletsync.core.reconciliation.Comparison;
import io.walletsync.core.reconciliation.ExpectedBalance;
import io.walletsync.core.reconciliation.Reconciliation;
import io.walletsync.core.reconciliation.Reconciliations;
import io.walletsync.core.rule.AlertRule;
import io.walletsync.core.rule.AlertScope;
import io.walletsync.core.rule.Condition;
import io.walletsync.core.rule.Maker;
import io.walletsync.core.rule.Severity;
import io.walletsync.core.schedule.SyncQueue;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.RegistryPorts;
import io.walletsync.core.wallet.SyncSchedule;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every adapter of {@link Evidence} finds. */
public interface EvidenceContract extends RegistryPorts {
  Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  Evidence evidence();

  BalanceSnapshots snapshots();

  Reconciliations reconciliations();

  MovementFindings findings();

  SyncQueue queue();

  /** Lets so much time pass for the turns of this provider's wallets. */
  void pass(ProviderId provider, Duration time);

  @Test
  default void extremesAreThoseInForceSinceATime() {
    var wallet = registered();
    var other = registered();
    balances(wallet, NOON, "5", "900", "-3.5", "40");
    balances(other, NOON, "7");

    assertThat(since(NOON.plusSeconds(1), wallet, other))
        .containsOnly(
            Map.entry(wallet.id(), extremes("-3.5", "900")),
            Map.entry(other.id(), extremes("7", "7")));
    assertThat(since(NOON.plusSeconds(2).minusNanos(1_000), wallet))
        .containsValue(extremes("-3.5", "900"));
    assertThat(since(NOON.plusSeconds(2), wallet)).containsValue(extremes("-3.5", "40"));
    assertThat(since(NOON.minusSeconds(1), wallet)).containsValue(extremes("-3.5", "900"));
    assertThat(since(NOON, registered())).isEmpty();
  }

  private Map<WalletId, Extremes> since(Instant since, Wallet... wallets) {
    var period = Duration.ofHours(1);
    return evidence().extremes(ids(wallets), Set.of(period), since.plus(period)).entrySet().stream()
        .collect(
            Collectors.toUnmodifiableMap(
                Map.Entry::getKey, it -> Objects.requireNonNull(it.getValue().get(period))));
  }

  @Test
  default void severalPeriodsAreLookedAtTogether() {
    var wallet = registered();
    balances(wallet, NOON, "5", "900", "-3.5", "40");
    var periods = Set.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofMinutes(1));

    assertThat(evidence().extremes(ids(wallet), periods, NOON.plusSeconds(3)).get(wallet.id()))
        .containsOnly(
            Map.entry(Duration.ofSeconds(1), extremes("-3.5", "40")),
            Map.entry(Duration.ofSeconds(2), extremes("-3.5", "900")),
            Map.entry(Duration.ofMinutes(1), extremes("-3.5", "900")));
  }

  @Test
  default void thePreviousBalanceIsTheOneBeforeTheNewest() {
    var wallet = registered();
    var fresh = registered();
    balances(wallet, NOON, "5", "900.25", "0");
    balances(fresh, NOON, "5");

    assertThat(evidence().previous(ids(wallet, fresh, registered())))
        .containsOnly(Map.entry(wallet.id(), Examples.naira("900.25")));
  }

  @Test
  default void driftIsTheLargestThatIsOpen() {
    var wallet = registered();
    var settled = registered();
    open(wallet, "10", 1);
    open(wallet, "-20.5", 2);
    var gone = open(settled, "5", 1);
    transactions()
        .inTransaction(
            () ->
                reconciliations()
                    .settle(
                        gone,
                        new Reconciliation.Settled(
                            Reconciliation.How.ACCEPTED, NOON, "me", "known", null)));

    assertThat(evidence().drift(ids(wallet, settled)))
        .containsOnly(
            Map.entry(wallet.id(), new Difference(new BigDecimal("-20.5"), Examples.NGN)));
    assertThat(inTrouble(new Trouble.Drifting()))
        .contains(wallet.id())
        .doesNotContain(settled.id());
  }

  @Test
  default void whatIsUnexplainedIsAddedUpWithoutSigns() {
    var wallet = registered();
    balances(wallet, NOON, "10", "7", "11.5");
    transactions()
        .inTransaction(
            () -> {
              findings()
                  .replaceUnexplained(wallet.id(), 0, List.of(change(2, "-3"), change(3, "4.5")));
              return true;
            });
    var day = Duration.ofDays(1);
    var second = Duration.ofSeconds(1);

    assertThat(
            evidence()
                .unexplained(ids(wallet, registered()), Set.of(day, second), NOON.plusSeconds(2)))
        .containsOnly(
            Map.entry(
                wallet.id(),
                Map.of(
                    day, new Difference(new BigDecimal("7.5"), Examples.NGN),
                    second, new Difference(new BigDecimal("4.5"), Examples.NGN))));
    assertThat(evidence().unexplained(ids(wallet), Set.of(day), NOON.plusSeconds(2).plus(day)))
        .as("it is over by itself")
        .isEmpty();
    assertThat(inTrouble(new Trouble.Unexplained())).contains(wallet.id());
  }

  @Test
  default void whoseTurnsFailIsFoundFromTheThirdOn() {
    var failing = ofAProviderOfItsOwn();
    var twice = ofAProviderOfItsOwn();
    fail(failing, 3);
    fail(twice, 2);

    assertThat(inTrouble(new Trouble.Failing())).contains(failing.id()).doesNotContain(twice.id());
  }

  @Test
  default void whatWasNotConfirmedIsFoundAlsoIfItNeverWas() {
    var now = evidence().now();
    var never = registered(at(now.minus(Duration.ofHours(3)), null));
    var fresh = registered(at(now, null));
    var confirmed = registered(at(now.minus(Duration.ofHours(3)), null));
    var slow = registered(at(now.minus(Duration.ofHours(3)), Duration.ofHours(2)));
    var closed = registered(at(now.minus(Duration.ofHours(3)), null));
    balances(confirmed, now.minusSeconds(2), "1");
    transactions()
        .inTransaction(
            () -> {
              wallets().update(closed.closed(now));
              return true;
            });

    assertThat(inTrouble(new Trouble.NotConfirmed(Duration.ofHours(2))))
        .contains(never.id(), slow.id())
        .doesNotContain(fresh.id(), confirmed.id(), closed.id());
    assertThat(inTrouble(new Trouble.NotConfirmed(null)))
        .contains(never.id())
        .doesNotContain(fresh.id(), confirmed.id(), slow.id(), closed.id());
  }

  @Test
  default void changesAreListedFromATimeOnInTheirOrder() {
    var since = evidence().now().plus(Duration.ofDays(400));
    var first = registered(at(since, null));
    var second = registered(at(since.plusSeconds(1), null));
    var before = registered(at(since.minusSeconds(1), null));

    var part = evidence().changedSince(since, null, 1);
    assertThat(part).extracting(Evidence.Changed::wallet).containsExactly(first.id());
    var next = evidence().changedSince(part.getLast().at(), part.getLast().wallet(), 10);
    assertThat(next)
        .extracting(Evidence.Changed::wallet)
        .contains(second.id())
        .doesNotContain(first.id(), before.id());
  }

  @Test
  default void whetherAnythingInScopeWasConfirmed() {
    var now = evidence().now();
    var wallet = registered(at(now.minus(Duration.ofHours(3)), null));
    var scope = new AlertScope(null, wallet.connectionId(), null, null, null, Metadata.NONE);
    var rule = rule(scope);

    assertThat(evidence().isAnyInUse(rule)).isTrue();
    assertThat(evidence().isAnyConfirmedSince(rule, now.minus(Duration.ofHours(1)))).isFalse();
    assertThat(evidence().isAnyConfirmedSince(rule, now.minus(Duration.ofHours(4)))).isTrue();
    balances(wallet, now.minusSeconds(5), "1");
    assertThat(evidence().isAnyConfirmedSince(rule, now.minus(Duration.ofHours(1)))).isTrue();
    var elsewhere =
        new AlertScope(
            null, wallet.connectionId(), null, null, null, Metadata.of(Map.of("team", "payroll")));
    assertThat(evidence().isAnyInUse(rule(elsewhere))).isFalse();
  }

  private static AlertRule rule(AlertScope scope) {
    return new AlertRule(
        Examples.id(),
        "A rule",
        Severity.WARNING,
        true,
        scope,
        Visibility.ALL,
        new Condition.SyncFailing(),
        Maker.UNKNOWN,
        1,
        NOON,
        false,
        null,
        NOON,
        NOON);
  }

  private Wallet at(Instant created, @Nullable Duration interval) {
    var wallet = Examples.wallet(connected());
    return new Wallet(
        wallet.id(),
        wallet.connectionId(),
        wallet.provider(),
        wallet.providerAccountId(),
        wallet.currency(),
        null,
        null,
        Metadata.NONE,
        Wallet.Status.ACTIVE,
        created,
        created,
        interval == null ? null : new SyncSchedule(interval, null));
  }

  private List<WalletId> inTrouble(Trouble trouble) {
    var found = new ArrayList<WalletId>();
    @Nullable WalletId after = null;
    do {
      var part = evidence().inTrouble(trouble, after, 50);
      found.addAll(part.wallets());
      after = part.next();
    } while (after != null);
    assertThat(found).doesNotHaveDuplicates();
    return found;
  }

  private Wallet ofAProviderOfItsOwn() {
    var provider = new ProviderId("p" + UUID.randomUUID().toString().substring(0, 8));
    return registered(Examples.wallet(connected(Examples.connection(provider))));
  }

  private void fail(Wallet wallet, int failures) {
    pass(wallet.provider(), Duration.ofMinutes(5));
    transactions()
        .inTransaction(
            () -> {
              var lease =
                  queue().lease(wallet.provider(), 1_000, Duration.ofMinutes(1)).wallets().stream()
                      .filter(it -> it.wallet().id().equals(wallet.id()))
                      .findFirst();
              lease.ifPresent(
                  it ->
                      queue()
                          .settle(
                              List.of(
                                  new SyncQueue.Next(
                                      it.lease(),
                                      evidence().now().plusSeconds(60),
                                      failures,
                                      null))));
              assertThat(lease).isPresent();
              return true;
            });
  }

  private UUID open(Wallet wallet, String drift, int number) {
    var expected =
        new ExpectedBalance(
            wallet.id(),
            Examples.naira("100"),
            NOON.plusSeconds(number),
            "books",
            Examples.naira("0"),
            Duration.ZERO);
    var pending =
        new Reconciliation(
            Examples.id(),
            wallet.connectionId(),
            wallet.provider(),
            expected,
            1,
            "me",
            NOON,
            Reconciliation.State.PENDING,
            null,
            null,
            null,
            null);
    var difference = new Difference(new BigDecimal(drift), Examples.NGN);
    transactions()
        .inTransaction(
            () -> {
              reconciliations().add(List.of(pending));
              return reconciliations()
                  .looked(
                      List.of(
                          new Reconciliations.Look(
                              pending.id(),
                              NOON,
                              new Comparison(
                                  Comparison.Verdict.DIFFERS,
                                  Examples.naira("1"),
                                  difference,
                                  new Difference(BigDecimal.ZERO, Examples.NGN),
                                  difference,
                                  NOON,
                                  NOON.plusSeconds(60)))));
            });
    return pending.id();
  }

  private static ExplainedChange change(long sequence, String unexplained) {
    return new ExplainedChange(
        sequence,
        NOON.plusSeconds(sequence - 2),
        NOON.plusSeconds(sequence - 1),
        Examples.naira(unexplained),
        Examples.naira("0"),
        Examples.naira(unexplained),
        0,
        List.of(),
        ExplainedChange.State.UNEXPLAINED);
  }

  /** One a second, the last of which is the newest. */
  private void balances(Wallet wallet, Instant from, String... naira) {
    transactions()
        .inTransaction(
            () -> {
              for (var i = 0; i < naira.length; i++) {
                var at = from.plusSeconds(i);
                var snapshot =
                    new WalletBalanceSnapshot(
                        Examples.id(),
                        wallet.id(),
                        i + 1L,
                        wallet.provider(),
                        Examples.balance(naira[i]),
                        null,
                        at,
                        null,
                        at,
                        at,
                        Source.API,
                        null,
                        Metadata.NONE,
                        at);
                snapshots().append(List.of(snapshot));
                snapshots().setLatest(List.of(new LatestBalance(snapshot, at, at)));
              }
              return true;
            });
  }

  private static Set<WalletId> ids(Wallet... wallets) {
    return Set.of(wallets).stream().map(Wallet::id).collect(Collectors.toUnmodifiableSet());
  }

  private static Extremes extremes(String lowest, String highest) {
    return new Extremes(new BigDecimal(lowest), new BigDecimal(highest));
  }
}
