package io.walletsync.core.reconciliation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.core.Concurrently;
import io.walletsync.core.Examples;
import io.walletsync.core.balance.BalanceSnapshots;
import io.walletsync.core.balance.LatestBalance;
import io.walletsync.core.balance.Source;
import io.walletsync.core.balance.WalletBalanceSnapshot;
import io.walletsync.core.kernel.Microseconds;
import io.walletsync.core.money.Difference;
import io.walletsync.core.money.Money;
import io.walletsync.core.reconciliation.Comparison.Verdict;
import io.walletsync.core.reconciliation.Reconciliation.How;
import io.walletsync.core.reconciliation.Reconciliation.Settled;
import io.walletsync.core.reconciliation.Reconciliation.State;
import io.walletsync.core.reconciliation.Reconciliations.Look;
import io.walletsync.core.reconciliation.Reconciliations.Query;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.RegistryPorts;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every adapter of {@link Reconciliations} keeps: what was said, what was found, its end. */
public interface ReconciliationsContract extends RegistryPorts {
  Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  Reconciliations reconciliations();

  BalanceSnapshots snapshots();

  @Test
  default void keepsAStatementAsItIs() {
    var wallet = registered();
    var expected =
        new ExpectedBalance(
            wallet.id(),
            Examples.naira("-123456789012345678.123456789012345678"),
            NOON.plusNanos(1_000),
            "a 'quoted' \\ reference ẹ 💰",
            Examples.naira("0.000000000000000001"),
            Duration.ofDays(7));
    var pending = pending(wallet, expected, 1);

    add(pending);

    assertThat(now(pending)).isEqualTo(pending);
    assertThat(reconciliations().under(List.of(expected.key()))).containsExactly(pending);
    assertThat(reconciliations().comparisons(pending)).isEmpty();
  }

  @Test
  default void keepsWhatAComparisonFoundAsItIsForEver() {
    var wallet = registered();
    var pending = pending(wallet, "90", NOON, 1);
    add(pending);
    var comparison =
        new Comparison(
            Verdict.DIFFERS,
            Examples.naira("999999999999999999"),
            difference("1999999999999999999.5"),
            difference("2999999999999999998.5"),
            difference("-999999999999999999"),
            NOON.plusSeconds(1),
            NOON.plusSeconds(2));

    assertThat(looked(new Look(pending.id(), NOON, comparison))).containsExactly(pending.id());

    assertThat(now(pending)).isEqualTo(pending.looked(NOON, comparison));
    assertThat(now(pending).state()).isEqualTo(State.OPEN);
    assertThat(reconciliations().comparisons(pending)).containsExactly(comparison);
    settle(pending, How.RESOLVED);
    assertThat(now(pending).comparison()).isEqualTo(comparison);
    assertThat(reconciliations().comparisons(pending)).containsExactly(comparison);
  }

  @Test
  default void whatIsDecidedIsNotDecidedAgain() {
    var pending = pending(registered(), "90", NOON, 1);
    add(pending);
    looked(new Look(pending.id(), NOON, agrees()));

    assertThat(looked(new Look(pending.id(), NOON.plusSeconds(9), differs("10")))).isEmpty();

    assertThat(now(pending)).isEqualTo(pending.looked(NOON, agrees()));
    assertThat(reconciliations().comparisons(pending)).containsExactly(agrees());
  }

  @Test
  default void aLookThatFindsNothingIsRememberedAndDecidesNothing() {
    var pending = pending(registered(), "90", NOON, 1);
    add(pending);

    assertThat(looked(new Look(pending.id(), NOON.minusSeconds(5), null))).isEmpty();

    assertThat(now(pending)).isEqualTo(pending.looked(NOON.minusSeconds(5), null));
  }

  @Test
  default void aRevisionIsRecordedOnceAndTheOthersAreToldOfIt() {
    var wallet = registered();
    var first = pending(wallet, "90", NOON, 1);
    var other = pending(wallet, "80", NOON, 1);
    add(first);

    assertThat(transactions().inTransaction(() -> reconciliations().add(List.of(other)))).isEmpty();

    assertThat(reconciliations().under(List.of(first.expected().key()))).containsExactly(first);
  }

  @Test
  default void ofManyWhoRecordARevisionOneDoes() {
    var wallet = registered();

    var added =
        Concurrently.call(
            8,
            number -> {
              var each = pending(wallet, Integer.toString(number), NOON, 1);
              return transactions().inTransaction(() -> reconciliations().add(List.of(each)));
            });

    assertThat(added.stream().flatMap(Set::stream)).hasSize(1);
    assertThat(
            reconciliations().under(List.of(new ExpectedBalance.Key(wallet.id(), NOON, "books"))))
        .hasSize(1);
  }

  @Test
  default void aCorrectionEndsWhatWasUndecidedOrOpenAndLeavesTheRest() {
    for (var comparison : Arrays.asList(null, differs("10"), agrees(), unknown())) {
      var wallet = registered();
      var first = pending(wallet, "90", NOON, 1);
      add(first);
      looked(new Look(first.id(), NOON, comparison));
      var before = now(first);
      var second = pending(wallet, "100", NOON, 2);

      add(second);

      assertThat(now(first)).isEqualTo(before.corrected(second));
      assertThat(now(first).correctedBy()).isEqualTo(second.id());
      assertThat(reconciliations().under(List.of(first.expected().key())))
          .containsExactly(now(first), second);
      var third = pending(wallet, "110", NOON, 3);
      add(third);
      assertThat(now(first).correctedBy()).as("by the next one").isEqualTo(second.id());
      assertThat(now(second).correctedBy()).isEqualTo(third.id());
    }
  }

  @Test
  default void findsWhatIsPendingWhereMoreIsKnownThanAtTheLastLook() {
    var known = registered();
    var pending = pending(known, "90", NOON, 1);
    var nothing = pending(registered(), "90", NOON, 1);
    add(pending, nothing);
    assertThat(withNews(pending, nothing)).isEmpty();

    latest(known, NOON, NOON.plusSeconds(5));

    assertThat(withNews(pending, nothing)).containsExactly(pending.id());
    looked(new Look(pending.id(), NOON.plusSeconds(5), null));
    assertThat(withNews(pending, nothing)).isEmpty();
    latest(known, NOON, NOON.plusSeconds(6));
    assertThat(withNews(pending, nothing)).containsExactly(pending.id());
    looked(new Look(pending.id(), NOON.plusSeconds(6), null));
    latest(known, NOON.plusSeconds(7), NOON.plusSeconds(6));
    assertThat(withNews(pending, nothing)).containsExactly(pending.id());
    looked(new Look(pending.id(), NOON.plusSeconds(7), agrees()));
    assertThat(withNews(pending, nothing)).isEmpty();
  }

  /** Whichever of these are found, in parts of one. */
  private List<UUID> withNews(Reconciliation... these) {
    var found = new ArrayList<UUID>();
    var part = reconciliations().pendingWithNews(null, 1);
    while (true) {
      part.withNews().stream().map(Reconciliation::id).forEach(found::add);
      if (part.next() == null) {
        found.retainAll(Arrays.stream(these).map(Reconciliation::id).toList());
        return found;
      }
      part = reconciliations().pendingWithNews(part.next(), 1);
    }
  }

  @Test
  default void aLaterAgreementResolvesEarlierDifferencesOfItsWalletThroughTheFirstOne() {
    var wallet = registered();
    var early = decided(wallet, NOON, differs("10"));
    var agreement = decided(wallet, NOON.plusSeconds(10), agrees());
    var secondAgreement = decided(wallet, NOON.plusSeconds(20), agrees());
    var late = decided(wallet, NOON.plusSeconds(30), differs("1"));
    var elsewhere = decided(registered(), NOON, differs("10"));
    var accepted = decided(wallet, NOON.plusSeconds(1), differs("5"));
    settle(accepted, How.ACCEPTED);

    var resolved = resolveAgreed(wallet);

    var how = new Settled(How.AGREED_LATER, NOON.plusSeconds(99), "us", null, agreement.id());
    assertThat(resolved).containsExactly(early.settled(how));
    assertThat(now(early)).isEqualTo(early.settled(how));
    assertThat(now(late).state()).isEqualTo(State.OPEN);
    assertThat(now(elsewhere).state()).isEqualTo(State.OPEN);
    assertThat(now(accepted).state()).isEqualTo(State.ACCEPTED);
    assertThat(now(secondAgreement).state()).isEqualTo(State.AGREED);
    assertThat(resolveAgreed(wallet)).isEmpty();
  }

  @Test
  default void anAgreementThatWasCorrectedResolvesNothing() {
    var wallet = registered();
    var open = decided(wallet, NOON, differs("10"));
    decided(wallet, NOON.plusSeconds(10), agrees());
    add(pending(wallet, "7", NOON.plusSeconds(10), 2));

    assertThat(resolveAgreed(wallet)).isEmpty();

    assertThat(now(open).state()).isEqualTo(State.OPEN);
  }

  @Test
  default void anOpenOneIsTakenForAnotherLookWhenItIsDueAndNotAgainAtOnce() {
    var wallet = registered();
    var now = snapshots().latest(wallet.id(), Visibility.ALL).orElseThrow().readAt();
    var due = openSince(wallet, now.minusSeconds(90), "due");
    var young = openSince(wallet, now.minusSeconds(30), "young");
    var old = openSince(wallet, now.minus(Duration.ofDays(8)), "old");
    var settled = openSince(wallet, now.minusSeconds(90), "settled");
    settle(settled, How.ACCEPTED);

    var taken = transactions().inTransaction(() -> reconciliations().takeOpen(1_000));

    assertThat(taken).contains(due).doesNotContain(young, old, settled);
    assertThat(transactions().inTransaction(() -> reconciliations().takeOpen(1_000)))
        .doesNotContain(due);
  }

  private Reconciliation openSince(Wallet wallet, Instant time, String reference) {
    var at = Microseconds.cut(time);
    var expected =
        new ExpectedBalance(
            wallet.id(),
            Examples.naira("90"),
            at,
            reference,
            new Money(BigDecimal.ZERO, Examples.NGN),
            Duration.ZERO);
    var pending =
        Reconciliation.pending(
            Examples.id(),
            wallet.connectionId(),
            wallet.provider(),
            expected,
            1,
            "wsk_example",
            at);
    add(pending);
    looked(new Look(pending.id(), at, differs("10")));
    return now(pending);
  }

  @Test
  default void whatIsFoundLaterIsAddedToWhatWasFoundBefore() {
    var wallet = registered();
    var open = decided(wallet, NOON, differs("10"));
    var settled = decided(wallet, NOON.plusSeconds(1), differs("10"));
    settle(settled, How.ACCEPTED);
    var before = now(settled);
    var more =
        new Comparison(
            Verdict.DIFFERS,
            Examples.naira("90"),
            difference("10"),
            difference("4"),
            difference("6"),
            NOON,
            NOON.plusSeconds(9));

    assertThat(foundMore(new Look(open.id(), NOON, more), new Look(settled.id(), NOON, more)))
        .containsExactly(open.id());

    assertThat(now(open)).isEqualTo(open.foundMore(NOON, more, "us"));
    assertThat(now(open).state()).isEqualTo(State.OPEN);
    assertThat(now(settled)).isEqualTo(before);
    assertThat(reconciliations().comparisons(open)).containsExactly(differs("10"), more);
  }

  @Test
  default void whatAgreesAfterAllIsResolved() {
    var open = decided(registered(), NOON, differs("10"));
    var agrees =
        new Comparison(
            Verdict.AGREES,
            Examples.naira("100"),
            difference("10"),
            difference("10"),
            difference("0"),
            NOON,
            NOON.plusSeconds(9));

    assertThat(foundMore(new Look(open.id(), NOON, agrees))).containsExactly(open.id());

    assertThat(now(open)).isEqualTo(open.foundMore(NOON, agrees, "us"));
    assertThat(now(open).state()).isEqualTo(State.RESOLVED);
    assertThat(foundMore(new Look(open.id(), NOON, agrees))).isEmpty();
  }

  private Set<UUID> foundMore(Look... looks) {
    return transactions()
        .inTransaction(() -> reconciliations().foundMore(Arrays.asList(looks), "us"));
  }

  @Test
  default void ofManyWhoSettleOneDoes() {
    var open = decided(registered(), NOON, differs("10"));

    var settled =
        Concurrently.call(
            8,
            number ->
                reconciliations()
                    .settle(
                        open.id(),
                        new Settled(
                            number % 2 == 0 ? How.ACCEPTED : How.RESOLVED,
                            NOON,
                            "wsk_" + number,
                            "note " + number,
                            null)));

    assertThat(settled.stream().filter(it -> it)).hasSize(1);
    assertThat(requireNonNull(now(open).settled()).note())
        .isEqualTo("note " + settled.indexOf(true));
    assertThat(now(open).state())
        .isEqualTo(settled.indexOf(true) % 2 == 0 ? State.ACCEPTED : State.RESOLVED);
  }

  @Test
  default void onlyWhatIsOpenCanBeSettled() {
    var pending = pending(registered(), "90", NOON, 1);
    add(pending);

    assertThat(reconciliations().settle(pending.id(), settled(How.ACCEPTED))).isFalse();
    assertThat(reconciliations().settle(UUID.randomUUID(), settled(How.ACCEPTED))).isFalse();

    assertThat(now(pending)).isEqualTo(pending);
  }

  @Test
  default void listsNewestFirstAndOnlyWhatIsAskedFor() {
    var wallet = registered();
    var small = decided(wallet, NOON, differs("-9.99"));
    var large = decided(wallet, NOON.plusSeconds(10), differs("-10"));
    var agreed = decided(wallet, NOON.plusSeconds(20), agrees());
    var pending = pending(wallet, "1", NOON.plusSeconds(30), 1);
    add(pending);
    var all = query(wallet, null, null, null, null, null, 10);

    assertThat(list(all)).containsExactly(pending, agreed, large, small);
    assertThat(list(query(wallet, State.OPEN, null, null, null, null, 10)))
        .containsExactly(large, small);
    assertThat(list(query(wallet, null, "10", null, null, null, 10))).containsExactly(large);
    assertThat(
            list(query(wallet, null, null, NOON.plusSeconds(10), NOON.plusSeconds(20), null, 10)))
        .containsExactly(large);
    assertThat(list(query(wallet, null, null, null, null, agreed.id(), 10)))
        .containsExactly(large, small);
    var first = reconciliations().page(query(wallet, null, null, null, null, null, 1));
    assertThat(first.items()).containsExactly(pending);
    assertThat(first.hasMore()).isTrue();
    assertThat(
            reconciliations()
                .page(
                    new Query(
                        Visibility.ALL,
                        null,
                        wallet.connectionId(),
                        State.AGREED,
                        null,
                        null,
                        null,
                        null,
                        10))
                .items())
        .containsExactly(agreed);
  }

  @Test
  default void whatLiesOutsideTheVisibilityDoesNotExist() {
    var wallet = registered();
    var pending = pending(wallet, "90", NOON, 1);
    add(pending);
    var hidden = new Visibility(Set.of(UUID.randomUUID()));
    var seen = new Visibility(Set.of(wallet.connectionId().value()));

    assertThat(reconciliations().find(pending.id(), hidden)).isEmpty();
    assertThat(reconciliations().find(pending.id(), seen)).contains(pending);
    assertThat(list(new Query(hidden, null, null, null, null, null, null, null, 10))).isEmpty();
    assertThat(list(new Query(seen, null, null, null, null, null, null, null, 10)))
        .containsExactly(pending);
  }

  @Test
  default void countsWhatIsPendingAndOpenAndSumsDriftsWithoutTheirSigns() {
    var before = reconciliations().figures();
    var wallet = registered();
    add(pending(wallet, "1", NOON.plusSeconds(30), 1));
    decided(wallet, NOON, differs("-9.5"));
    var other = decided(wallet, NOON.plusSeconds(1), differs("10"));

    var now = reconciliations().figures();

    assertThat(now.pending()).isEqualTo(before.pending() + 1);
    assertThat(now.open()).isEqualTo(before.open() + 2);
    assertThat(naira(now).subtract(naira(before))).isEqualByComparingTo("19.5");
    settle(other, How.ACCEPTED);
    assertThat(reconciliations().figures().open()).isEqualTo(before.open() + 1);
    assertThat(naira(reconciliations().figures()).subtract(naira(before)))
        .isEqualByComparingTo("9.5");
  }

  private static BigDecimal naira(Reconciliations.Figures figures) {
    return figures.drift().stream()
        .filter(it -> it.currency().equals(Examples.NGN))
        .map(Difference::value)
        .findFirst()
        .orElse(BigDecimal.ZERO);
  }

  @Test
  default void whatIsRolledBackWasNeverThere() {
    var pending = pending(registered(), "90", NOON, 1);

    assertThatThrownBy(
            () ->
                transactions()
                    .inTransaction(
                        () -> {
                          reconciliations().add(List.of(pending));
                          throw new IllegalStateException("on purpose");
                        }))
        .hasMessage("on purpose");

    assertThat(reconciliations().find(pending.id(), Visibility.ALL)).isEmpty();
  }

  private void add(Reconciliation... pending) {
    var added = transactions().inTransaction(() -> reconciliations().add(Arrays.asList(pending)));
    assertThat(added).hasSize(pending.length);
  }

  private Set<UUID> looked(Look look) {
    return transactions().inTransaction(() -> reconciliations().looked(List.of(look)));
  }

  private void settle(Reconciliation reconciliation, How how) {
    assertThat(reconciliations().settle(reconciliation.id(), settled(how))).isTrue();
  }

  private static Settled settled(How how) {
    return new Settled(how, NOON.plusSeconds(77), "wsk_example", "why \"not\"", null);
  }

  private Reconciliation decided(Wallet wallet, Instant asOf, Comparison comparison) {
    var pending = pending(wallet, "90", asOf, 1);
    add(pending);
    looked(new Look(pending.id(), asOf, comparison));
    return now(pending);
  }

  private List<Reconciliation> resolveAgreed(Wallet wallet) {
    return transactions()
        .inTransaction(
            () -> reconciliations().resolveAgreed(Set.of(wallet.id()), NOON.plusSeconds(99), "us"));
  }

  private Reconciliation now(Reconciliation reconciliation) {
    return reconciliations().find(reconciliation.id(), Visibility.ALL).orElseThrow();
  }

  private List<Reconciliation> list(Query query) {
    return reconciliations().page(query).items();
  }

  private static Query query(
      Wallet wallet,
      @Nullable State state,
      @Nullable String drift,
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable UUID before,
      int limit) {
    return new Query(
        Visibility.ALL,
        wallet.id(),
        null,
        state,
        drift == null ? null : new BigDecimal(drift),
        from,
        to,
        before,
        limit);
  }

  private static Reconciliation pending(Wallet wallet, String naira, Instant asOf, int revision) {
    return pending(
        wallet,
        new ExpectedBalance(
            wallet.id(),
            Examples.naira(naira),
            asOf,
            "books",
            new Money(BigDecimal.ZERO, Examples.NGN),
            Duration.ofHours(1)),
        revision);
  }

  private static Reconciliation pending(Wallet wallet, ExpectedBalance expected, int revision) {
    return Reconciliation.pending(
        Examples.id(),
        wallet.connectionId(),
        wallet.provider(),
        expected,
        revision,
        "wsk_example",
        NOON.plusSeconds(60));
  }

  private static Comparison agrees() {
    return new Comparison(
        Verdict.AGREES,
        Examples.naira("90"),
        difference("0"),
        difference("0"),
        difference("0"),
        NOON,
        NOON.plusSeconds(3));
  }

  private static Comparison differs(String drift) {
    return new Comparison(
        Verdict.DIFFERS,
        Examples.naira("90"),
        difference(drift),
        difference("0"),
        difference(drift),
        NOON,
        NOON.plusSeconds(3));
  }

  private static Comparison unknown() {
    return new Comparison(Verdict.UNKNOWN, null, null, null, null, null, NOON.plusSeconds(3));
  }

  private static Difference difference(String naira) {
    return new Difference(new BigDecimal(naira), Examples.NGN);
  }

  /** The newest balance of a wallet, as nothing but its times matters here. */
  private void latest(Wallet wallet, Instant asOf, Instant confirmedAt) {
    var snapshot =
        new WalletBalanceSnapshot(
            Examples.id(),
            wallet.id(),
            1,
            wallet.provider(),
            Examples.balance("90"),
            null,
            asOf,
            null,
            asOf,
            asOf,
            Source.API,
            null,
            Metadata.NONE,
            asOf);
    transactions()
        .inTransaction(
            () -> {
              snapshots().setLatest(List.of(new LatestBalance(snapshot, confirmedAt, asOf)));
              return snapshot;
            });
  }
}
