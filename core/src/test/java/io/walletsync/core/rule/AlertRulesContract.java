package io.walletsync.core.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.alert.Alerts;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.WalletId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every adapter of {@link AlertRules} keeps: what rules say, and a version of all. */
public interface AlertRulesContract {
  Transactions transactions();

  AlertRules rules();

  Alerts alerts();

  @Test
  default void keepsARuleAsItIs() {
    var one = Examples.id();
    var connections = new Visibility(Set.of(one, Examples.id()));
    var scope =
        new AlertScope(
            new WalletId(Examples.id()),
            new ConnectionId(Examples.id()),
            Examples.PAYSTACK,
            new CurrencyCode("eNGN"),
            "an 'owner' ẹ",
            Examples.ODD_METADATA);
    for (var condition :
        List.of(
            Map.of(
                "kind", "balance_below", "currency", "NGN", "threshold", "-1.000000000000000001"),
            Map.of("kind", "balance_above", "currency", "NGN", "threshold", "9", "clear_at", "7.5"),
            Map.of("kind", "balance_changed", "period", "PT1H", "percent", "12.5"),
            Map.of(
                "kind",
                "balance_changed",
                "period",
                "P1D",
                "amount",
                "5",
                "currency",
                "eNGN",
                "direction",
                "rise"),
            Map.of("kind", "dropped_to_zero"),
            Map.of("kind", "dropped_to_zero", "from", "10", "currency", "NGN"),
            Map.of("kind", "balance_stale"),
            Map.of("kind", "balance_stale", "after", "PT2H"),
            Map.of("kind", "sync_failing"),
            Map.of("kind", "reading_quarantined"),
            Map.of("kind", "drift_over", "limit", "0.01", "currency", "NGN"),
            Map.of("kind", "unexplained_over", "limit", "100", "currency", "NGN"),
            Map.of("kind", "runway_below", "limit", "P7D"),
            Map.of("kind", "channel_silent", "after", "PT1H"),
            Map.of("kind", "no_sync", "after", "PT1H"))) {
      var rule = rule(scope, connections, ConditionFields.read(condition));

      var added = add(rule);

      assertThat(found(added)).isEqualTo(added);
      assertThat(added.condition()).isEqualTo(rule.condition());
      assertThat(added.scope()).isEqualTo(scope);
      assertThat(added.limit()).isEqualTo(connections);
      assertThat(added.maker()).isEqualTo(rule.maker());
      assertThat(rules().countOf(rule.maker().key())).isEqualTo(1);
      assertThat(rules().all()).contains(added);
    }
  }

  @Test
  default void whatCannotBeReadIsARuleAllTheSame() {
    var stored = new TreeMap<>(Map.of("kind", "balance_below", "of_tomorrow", "1"));
    var rule =
        rule(
            AlertScope.ALL,
            Visibility.ALL,
            new Condition.Unreadable(AlertKind.BALANCE_BELOW, stored));

    assertThat(add(rule).condition()).isEqualTo(rule.condition());
  }

  @Test
  default void theVersionMovesWithEachChange() {
    var before = version();
    var rule = add(rule(AlertScope.ALL, Visibility.ALL, new Condition.SyncFailing()));
    var added = version();
    change(rule, 2, false);
    var changed = version();
    transactions()
        .inTransaction(
            () -> {
              assertThat(rules().lock(rule.id(), Visibility.ALL)).isPresent();
              rules().delete(rule.id());
              return true;
            });

    assertThat(rules().countOf(rule.maker().key())).isZero();
    assertThat(added).isGreaterThan(before);
    assertThat(changed).isGreaterThan(added);
    assertThat(version()).isGreaterThan(changed);
    assertThat(rules().find(rule.id(), Visibility.ALL)).isEmpty();
    assertThat(rules().all()).extracting(AlertRule::id).doesNotContain(rule.id());
  }

  @Test
  default void lookingAtARuleToChangeItMovesNoVersion() {
    var rule = add(rule(AlertScope.ALL, Visibility.ALL, new Condition.SyncFailing()));
    var before = version();

    transactions().inTransaction(() -> rules().lock(rule.id(), Visibility.ALL));

    assertThat(version()).isEqualTo(before);
  }

  @Test
  default void onlyEnabledOnesAreHeldWithTheirRevision() {
    var rule = add(rule(AlertScope.ALL, Visibility.ALL, new Condition.SyncFailing()));
    var disabled = add(rule(AlertScope.ALL, Visibility.ALL, new Condition.SyncFailing()));
    change(rule, 2, true);
    change(disabled, 2, false);

    assertThat(held(rule, disabled)).containsExactly(Map.entry(rule.id(), 2));
    assertThat(held(rule)).hasSize(1);
  }

  private Map<UUID, Integer> held(AlertRule... rules) {
    return transactions()
        .inTransaction(() -> rules().hold(Arrays.stream(rules).map(AlertRule::id).toList()));
  }

  @Test
  default void aWalkCountsForTheRevisionThatWasWalked() {
    var rule = add(rule(AlertScope.ALL, Visibility.ALL, new Condition.SyncFailing()));
    assertThat(rule.walkDue()).isTrue();
    change(rule, 2, true);

    rules().walked(rule.id(), 1);
    assertThat(found(rule).walkDue()).isTrue();
    rules().walked(rule.id(), 2);
    assertThat(found(rule).walkDue()).isFalse();
    assertThat(found(rule).lookedAt()).isNotNull();
  }

  @Test
  default void whoSeesSomeConnectionsSeesTheRulesLimitedToThem() {
    var one = Examples.id();
    var other = Examples.id();
    var ofOne = add(limited(Set.of(one)));
    var ofBoth = add(limited(Set.of(one, other)));
    var ofAll = add(rule(AlertScope.ALL, Visibility.ALL, new Condition.SyncFailing()));
    var seesOne = new Visibility(Set.of(one));
    var seesBoth = new Visibility(Set.of(one, other));

    assertThat(listed(seesOne)).containsExactly(ofOne.id());
    assertThat(listed(seesBoth)).containsExactly(ofBoth.id(), ofOne.id());
    assertThat(listed(Visibility.ALL)).contains(ofAll.id(), ofBoth.id(), ofOne.id());
    assertThat(rules().find(ofBoth.id(), seesOne)).isEmpty();
    assertThat(rules().find(ofAll.id(), seesBoth)).isEmpty();
    assertThat(rules().find(ofBoth.id(), seesBoth)).contains(ofBoth);
  }

  private List<UUID> listed(Visibility visibility) {
    return rules().page(new AlertRules.Query(visibility, null, null, null, 100)).items().stream()
        .map(AlertRule::id)
        .toList();
  }

  private AlertRule limited(Set<UUID> connections) {
    return rule(AlertScope.ALL, new Visibility(connections), new Condition.SyncFailing());
  }

  private long version() {
    return transactions().inTransaction(() -> alerts().watch(Set.of()).version());
  }

  private AlertRule found(AlertRule rule) {
    return rules().find(rule.id(), Visibility.ALL).orElseThrow();
  }

  private AlertRule add(AlertRule rule) {
    return transactions().inTransaction(() -> rules().add(rule));
  }

  private AlertRule change(AlertRule rule, int revision, boolean enabled) {
    return transactions()
        .inTransaction(
            () -> {
              var locked = rules().lock(rule.id(), Visibility.ALL).orElseThrow();
              return rules()
                  .replace(
                      new AlertRule(
                          locked.id(),
                          locked.name(),
                          locked.severity(),
                          enabled,
                          locked.scope(),
                          locked.limit(),
                          locked.condition(),
                          locked.maker(),
                          revision,
                          locked.inForceSince(),
                          true,
                          locked.lookedAt(),
                          locked.createdAt(),
                          locked.updatedAt()));
            });
  }

  private static AlertRule rule(AlertScope scope, Visibility limit, Condition condition) {
    return new AlertRule(
        Examples.id(),
        "A rule",
        Severity.CRITICAL,
        true,
        scope,
        limit,
        condition,
        new Maker(Examples.id(), limit),
        1,
        Instant.EPOCH,
        true,
        null,
        Examples.MORNING,
        Examples.MORNING);
  }
}
