package io.walletsync.core.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.core.Concurrently;
import io.walletsync.core.Examples;
import io.walletsync.core.kernel.Page;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.wallet.Wallets.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every adapter of {@link Wallets} keeps: one wallet per connection, account and currency. */
public interface WalletsContract extends RegistryPorts {
  Instant LATER = Examples.MORNING.plus(Duration.ofNanos(1_000));

  @Test
  default void keepsAWalletAsItIs() {
    var connection = connected();
    var wallet =
        new Wallet(
            new WalletId(Examples.id()),
            connection.id(),
            connection.provider(),
            "acct/№ 7 'x'",
            new CurrencyCode("eNGN"),
            "owner \"Ẽkó\" 💰",
            "CUS_\\7",
            Examples.ODD_METADATA,
            Wallet.Status.PAUSED,
            Instant.parse("2026-11-22T08:00:00.999999Z"),
            Instant.parse("2026-11-22T08:00:01.000001Z"));

    assertThat(registered(wallet)).isEqualTo(wallet);
    assertThat(wallets().find(wallet.id(), Visibility.ALL)).contains(wallet);
  }

  @Test
  default void keepsWhatIsUnknownAsUnknown() {
    var wallet = registered();

    var found = wallets().find(wallet.id(), Visibility.ALL).orElseThrow();

    assertThat(found).isEqualTo(wallet);
    assertThat(found.ownerId()).isNull();
    assertThat(found.providerCustomerId()).isNull();
    assertThat(found.providerAccountId()).isEmpty();
  }

  @Test
  default void registeringAgainReturnsTheFirstWalletUnchanged() {
    var connection = connected();
    var first = registered(Examples.wallet(connection));
    var again =
        new Wallet(
            new WalletId(Examples.id()),
            connection.id(),
            connection.provider(),
            "",
            Examples.NGN,
            "another owner",
            null,
            Examples.ODD_METADATA,
            Wallet.Status.PAUSED,
            LATER,
            LATER);

    assertThat(registered(again)).isEqualTo(first);
    assertThat(wallets().find(again.id(), Visibility.ALL)).isEmpty();
    assertThat(wallets().find(first.id(), Visibility.ALL)).contains(first);
  }

  @Test
  default void aClosedWalletIsStillTheSameWallet() {
    var connection = connected();
    var closed = update(registered(Examples.wallet(connection)), wallet -> wallet.closed(LATER));

    assertThat(registered(Examples.wallet(connection))).isEqualTo(closed);
  }

  @Test
  default void anotherAccountCurrencyOrConnectionIsAnotherWallet() {
    var connection = connected();
    var wallets =
        List.of(
            Examples.wallet(connection, "", Examples.NGN),
            Examples.wallet(connection, "1", Examples.NGN),
            Examples.wallet(connection, "", Examples.GHS),
            Examples.wallet(connection, "", new CurrencyCode("eNGN")),
            Examples.wallet(connection, "", new CurrencyCode("ENGN")),
            Examples.wallet(connected(), "", Examples.NGN));

    assertThat(wallets).allSatisfy(wallet -> assertThat(registered(wallet)).isEqualTo(wallet));
  }

  @Test
  default void aRaceRegistersOneWallet() {
    var connection = connected();

    var ids = Concurrently.call(8, _ -> registered(Examples.wallet(connection)).id());

    assertThat(Set.copyOf(ids)).hasSize(1);
    assertThat(wallets().countOpen(connection.id())).isEqualTo(1);
  }

  @Test
  default void aRolledBackWalletCanBeRegisteredByAnother() {
    var connection = connected();
    var undone = Examples.wallet(connection);
    assertThatThrownBy(
            () ->
                transactions()
                    .inTransaction(
                        () -> {
                          wallets().addOrLock(undone);
                          throw new IllegalStateException("on purpose");
                        }))
        .hasMessage("on purpose");
    var other = Examples.wallet(connection);

    assertThat(registered(other)).isEqualTo(other);
  }

  @Test
  default void lockedChangesAreNeverLost() {
    var wallet = registered();

    Concurrently.call(
        8,
        _ ->
            transactions()
                .inTransaction(
                    () -> countOneMore(wallets().lock(wallet.id(), Visibility.ALL).orElseThrow())));

    assertThat(count(wallet)).isEqualTo("8");
  }

  @Test
  default void whoeverRegistersAgainHoldsTheLockToo() {
    var connection = connected();
    var wallet = registered(Examples.wallet(connection));

    Concurrently.call(
        8,
        _ ->
            transactions()
                .inTransaction(
                    () -> countOneMore(wallets().addOrLock(Examples.wallet(connection)))));

    assertThat(count(wallet)).isEqualTo("8");
  }

  @Test
  default void updatesMetadataStatusAndTimeOfChange() {
    var wallet = registered();

    var updated =
        update(wallet, found -> found.with(Wallet.Status.PAUSED, Examples.ODD_METADATA, LATER));

    assertThat(wallets().find(wallet.id(), Visibility.ALL)).contains(updated);
    assertThat(updated.status()).isEqualTo(Wallet.Status.PAUSED);
    assertThat(updated.metadata()).isEqualTo(Examples.ODD_METADATA);
    assertThat(updated.updatedAt()).isEqualTo(LATER);
  }

  @Test
  default void anUpdateTouchesNoNeighbour() {
    var connection = connected();
    var wallet = registered(Examples.wallet(connection, "1", Examples.NGN));
    var neighbour = registered(Examples.wallet(connection, "2", Examples.NGN));

    update(wallet, found -> found.closed(LATER));

    assertThat(wallets().find(neighbour.id(), Visibility.ALL)).contains(neighbour);
  }

  @Test
  default void whatLiesOutsideTheVisibilityDoesNotExist() {
    var wallet = registered();
    var own = new Visibility(Set.of(wallet.connectionId().value(), UUID.randomUUID()));
    var foreign = new Visibility(Set.of(UUID.randomUUID()));
    var nothing = new Visibility(Set.of());

    assertThat(wallets().find(wallet.id(), own)).contains(wallet);
    assertThat(wallets().find(wallet.id(), foreign)).isEmpty();
    assertThat(wallets().find(wallet.id(), nothing)).isEmpty();
    assertThat(locked(wallet.id(), own)).isTrue();
    assertThat(locked(wallet.id(), foreign)).isFalse();
    assertThat(locked(wallet.id(), nothing)).isFalse();
  }

  @Test
  default void anUnknownWalletIsNotFound() {
    var unknown = new WalletId(UUID.randomUUID());

    assertThat(wallets().find(unknown, Visibility.ALL)).isEmpty();
    assertThat(locked(unknown, Visibility.ALL)).isFalse();
  }

  @Test
  default void countsTheOpenWalletsOfAConnection() {
    var connection = connected();
    registered(Examples.wallet(connection, "active", Examples.NGN));
    update(
        registered(Examples.wallet(connection, "paused", Examples.NGN)),
        wallet -> wallet.with(Wallet.Status.PAUSED, wallet.metadata(), LATER));
    update(
        registered(Examples.wallet(connection, "closed", Examples.NGN)),
        wallet -> wallet.closed(LATER));
    registered();

    assertThat(wallets().countOpen(connection.id())).isEqualTo(2);
    assertThat(wallets().countOpen(connected().id())).isZero();
  }

  @Test
  default void closesAllOpenWalletsOfAConnectionOnce() {
    var connection = connected();
    var active = registered(Examples.wallet(connection, "active", Examples.NGN));
    var paused =
        update(
            registered(Examples.wallet(connection, "paused", Examples.NGN)),
            wallet -> wallet.with(Wallet.Status.PAUSED, Examples.ODD_METADATA, LATER));
    var closedBefore =
        update(
            registered(Examples.wallet(connection, "closed", Examples.NGN)),
            wallet -> wallet.closed(LATER));
    var foreign = registered();
    var at = LATER.plusSeconds(1);

    var closed = transactions().inTransaction(() -> wallets().closeAll(connection.id(), at));

    assertThat(closed).containsExactlyInAnyOrder(active.closed(at), paused.closed(at));
    assertThat(wallets().find(active.id(), Visibility.ALL)).contains(active.closed(at));
    assertThat(wallets().find(paused.id(), Visibility.ALL)).contains(paused.closed(at));
    assertThat(wallets().find(closedBefore.id(), Visibility.ALL)).contains(closedBefore);
    assertThat(wallets().find(foreign.id(), Visibility.ALL)).contains(foreign);
    assertThat(transactions().inTransaction(() -> wallets().closeAll(connection.id(), at)))
        .isEmpty();
  }

  @Test
  default void aClosedWalletCanBeOpenedAgain() {
    var wallet = registered();
    update(wallet, found -> found.closed(LATER));

    var reopened = update(wallet, found -> found.reopened(LATER.plusSeconds(1)));

    assertThat(wallets().find(wallet.id(), Visibility.ALL)).contains(reopened);
    assertThat(wallets().countOpen(wallet.connectionId())).isEqualTo(1);
  }

  @Test
  default void listsOldestFirstPageByPage() {
    var connection = connected();
    var a = registered(Examples.wallet(connection, "z", Examples.NGN));
    var b = registered(Examples.wallet(connection, "a", Examples.NGN));
    registered();
    var c = registered(Examples.wallet(connection, "m", Examples.NGN));

    assertThat(page(connection, null, 2)).isEqualTo(new Page<>(List.of(a, b), true));
    assertThat(page(connection, b.id(), 2)).isEqualTo(new Page<>(List.of(c), false));
    assertThat(page(connection, null, 3)).isEqualTo(new Page<>(List.of(a, b, c), false));
    assertThat(page(connection, c.id(), 2).items()).isEmpty();
  }

  @Test
  default void listsOnlyWhatIsAskedFor() {
    var paystack = connected(Examples.connection(Examples.PAYSTACK));
    var fincra = connected(Examples.connection(Examples.FINCRA));
    var plain = registered(Examples.wallet(paystack, "plain", Examples.NGN));
    var cedi = registered(Examples.wallet(paystack, "cedi", Examples.GHS));
    var owned = registered(owned(paystack, "owner-1"));
    var elsewhere = registered(owned(fincra, "owner-1"));
    var closed =
        update(
            registered(Examples.wallet(paystack, "closed", Examples.NGN)),
            wallet -> wallet.closed(LATER));
    var both = new Visibility(Set.of(paystack.id().value(), fincra.id().value()));

    assertThat(list(new Query(both, null, null, null, null, null, null, 10)))
        .containsExactly(plain, cedi, owned, elsewhere, closed);
    assertThat(list(new Query(both, fincra.id(), null, null, null, null, null, 10)))
        .containsExactly(elsewhere);
    assertThat(list(new Query(both, null, Examples.PAYSTACK, null, null, null, null, 10)))
        .containsExactly(plain, cedi, owned, closed);
    assertThat(list(new Query(both, null, null, Examples.GHS, null, null, null, 10)))
        .containsExactly(cedi);
    assertThat(list(new Query(both, null, null, null, "owner-1", null, null, 10)))
        .containsExactly(owned, elsewhere);
    assertThat(list(new Query(both, null, null, null, null, Wallet.Status.CLOSED, null, 10)))
        .containsExactly(closed);
    assertThat(
            list(
                new Query(
                    both,
                    null,
                    Examples.PAYSTACK,
                    Examples.NGN,
                    null,
                    Wallet.Status.ACTIVE,
                    plain.id(),
                    10)))
        .containsExactly(owned);
    assertThat(list(new Query(both, null, null, null, "owner-1", null, null, 1)))
        .containsExactly(owned);
    assertThat(list(new Query(both, null, null, null, "OWNER-1", null, null, 10))).isEmpty();
  }

  @Test
  default void aListShowsOnlyTheVisibleConnections() {
    var mine = registered();
    var foreign = registered();
    var onlyMine = new Visibility(Set.of(mine.connectionId().value()));

    assertThat(list(new Query(onlyMine, null, null, null, null, null, null, 10)))
        .containsExactly(mine);
    assertThat(list(new Query(onlyMine, foreign.connectionId(), null, null, null, null, null, 10)))
        .isEmpty();
    assertThat(list(new Query(new Visibility(Set.of()), null, null, null, null, null, null, 10)))
        .isEmpty();
    assertThat(
            list(
                new Query(
                    Visibility.ALL, foreign.connectionId(), null, null, null, null, null, 10)))
        .containsExactly(foreign);
  }

  private Page<Wallet> page(Connection connection, @Nullable WalletId after, int limit) {
    return wallets()
        .page(new Query(Visibility.ALL, connection.id(), null, null, null, null, after, limit));
  }

  private List<Wallet> list(Query query) {
    return wallets().page(query).items();
  }

  private boolean locked(WalletId id, Visibility visibility) {
    return transactions().inTransaction(() -> wallets().lock(id, visibility).isPresent());
  }

  private Wallet update(Wallet wallet, Function<Wallet, Wallet> change) {
    return transactions()
        .inTransaction(
            () -> {
              var changed = change.apply(wallets().lock(wallet.id(), Visibility.ALL).orElseThrow());
              wallets().update(changed);
              return changed;
            });
  }

  private Wallet countOneMore(Wallet locked) {
    var count = Integer.parseInt(locked.metadata().entries().getOrDefault("count", "0")) + 1;
    var changed =
        locked.with(
            locked.status(),
            locked.metadata().merge(Map.of("count", Integer.toString(count))),
            LATER);
    wallets().update(changed);
    return changed;
  }

  private String count(Wallet wallet) {
    return wallets()
        .find(wallet.id(), Visibility.ALL)
        .orElseThrow()
        .metadata()
        .entries()
        .getOrDefault("count", "0");
  }

  private static Wallet owned(Connection connection, String owner) {
    return new Wallet(
        new WalletId(Examples.id()),
        connection.id(),
        connection.provider(),
        "owned",
        Examples.NGN,
        owner,
        null,
        Metadata.NONE,
        Wallet.Status.ACTIVE,
        Examples.MORNING,
        Examples.MORNING);
  }
}
