package io.walletsync.core.payout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.core.Examples;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.payout.Reservation.Confirmed;
import io.walletsync.core.payout.Reservation.Ended;
import io.walletsync.core.payout.Reservation.Made;
import io.walletsync.core.payout.Reservation.State;
import io.walletsync.core.payout.Reservations.Figure;
import io.walletsync.core.payout.Reservations.Query;
import io.walletsync.core.wallet.WalletId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every adapter of {@link Reservations} keeps. */
public interface ReservationsContract {
  Transactions transactions();

  Reservations reservations();

  @Test
  default void aReservationComesBackAsItWasKeptInEveryStateOfItsLife() {
    var held = added(wallet(), "Pay'out \"1\" 你好");
    assertThat(reservations().find(held.walletId(), held.id())).contains(held);

    for (var state :
        List.of(
            confirmed(held, null),
            confirmed(held, "TRF_1").examined(9),
            confirmed(held, "TRF_1").ended(ended(State.COVERED, 7, "row-1", null)),
            held.ended(ended(State.RELEASED, 3, null, "the bank refused")))) {
      save(state);
      assertThat(reservations().find(held.walletId(), held.id())).contains(state);
      assertThat(reservations().under(held.walletId(), held.reference())).contains(state);
    }
  }

  @Test
  default void aReservationIsThatOfItsWalletAlone() {
    var one = added(wallet(), "a");
    var other = added(wallet(), "a");

    assertThat(reservations().find(other.walletId(), one.id())).isEmpty();
    assertThat(reservations().under(one.walletId(), "a")).contains(one);
    assertThat(reservations().under(one.walletId(), "A")).isEmpty();
    assertThat(reservations().open(one.walletId())).containsExactly(one);
  }

  @Test
  default void aReferenceStandsForOnePayoutOfAWallet() {
    var held = added(wallet(), "a");

    assertThatThrownBy(() -> added(held.walletId(), "a")).isInstanceOf(RuntimeException.class);
    save(held.ended(ended(State.RELEASED, 1, null, "x")));
    assertThatThrownBy(() -> added(held.walletId(), "a")).isInstanceOf(RuntimeException.class);
  }

  @Test
  default void whatIsHeldAndConfirmedIsOpenAndWhatEndedIsFoundByWhenItDid() {
    var wallet = wallet();
    var all = IntStream.range(0, 5).mapToObj(i -> added(wallet, "p" + i)).toList();
    var confirmed = confirmed(all.get(1), null);
    var covered = confirmed(all.get(2), null).ended(ended(State.COVERED, 4, null, null));
    var released = all.get(3).ended(ended(State.RELEASED, 5, null, "x"));
    transactions()
        .inTransaction(
            () -> {
              reservations().save(List.of(confirmed, covered, released));
              return true;
            });

    assertThat(reservations().open(wallet)).containsExactly(all.get(0), confirmed, all.get(4));
    assertThat(reservations().endedSince(wallet, 4)).containsExactlyInAnyOrder(covered, released);
    assertThat(reservations().endedSince(wallet, 5)).containsExactly(released);
    assertThat(reservations().endedSince(wallet, 6)).isEmpty();
  }

  @Test
  default void tellsWhenOneThatMayHaveLeftWasLastReleased() {
    var wallet = wallet();
    var all = IntStream.range(0, 4).mapToObj(i -> added(wallet, "p" + i)).toList();
    save(confirmed(all.get(0), null).ended(released(5, true)));
    save(confirmed(all.get(1), null).ended(ended(State.COVERED, 9, null, null)));
    assertThat(reservations().lastReleaseInDoubt(wallet)).isEmpty();

    save(confirmed(all.get(2), null).ended(released(4, false)));
    save(confirmed(all.get(3), null).ended(released(3, false)));

    assertThat(reservations().lastReleaseInDoubt(wallet)).contains(Examples.MORNING.plusSeconds(4));
    assertThat(reservations().lastReleaseInDoubt(wallet())).isEmpty();
  }

  private static Ended released(int second, boolean neverLeft) {
    return new Ended(
        State.RELEASED, Examples.MORNING.plusSeconds(second), "wsk_third", 1, null, "x", neverLeft);
  }

  @Test
  default void listsTheNewestFirstPageByPageAndByState() {
    var wallet = wallet();
    var all = IntStream.range(0, 5).mapToObj(i -> added(wallet, "p" + i)).toList();
    var released = all.get(3).ended(ended(State.RELEASED, 5, null, "x"));
    save(released);

    var first = reservations().page(new Query(wallet, null, null, 2));
    assertThat(first.items()).containsExactly(all.get(4), released);
    assertThat(first.hasMore()).isTrue();
    var rest = reservations().page(new Query(wallet, null, released.id(), 3));
    assertThat(rest.items()).containsExactly(all.get(2), all.get(1), all.get(0));
    assertThat(rest.hasMore()).isFalse();
    assertThat(reservations().page(new Query(wallet, State.RELEASED, null, 9)).items())
        .containsExactly(released);
    assertThat(
            Stream.of(State.CONFIRMED, State.COVERED)
                .flatMap(
                    state ->
                        reservations().page(new Query(wallet, state, null, 9)).items().stream()))
        .isEmpty();
  }

  @Test
  default void walksThroughTheWalletsOfWhichMoneyIsSetAside() {
    var wallets =
        Stream.generate(ReservationsContract::wallet)
            .limit(3)
            .sorted(Comparator.comparing(it -> it.value().toString()))
            .toList();
    added(wallets.get(0), "a");
    added(wallets.get(0), "b");
    save(confirmed(added(wallets.get(1), "a"), null));
    save(added(wallets.get(2), "a").ended(released(1, true)));

    assertThat(walk(1)).containsOnlyOnce(wallets.get(0), wallets.get(1));
    assertThat(walk(100)).isEqualTo(walk(1)).doesNotContain(wallets.get(2));
  }

  private List<WalletId> walk(int page) {
    var all = new ArrayList<WalletId>();
    var next = reservations().walletsWithOpen(null, page);
    while (!next.isEmpty()) {
      assertThat(next).hasSizeLessThanOrEqualTo(page);
      all.addAll(next);
      next = reservations().walletsWithOpen(next.getLast(), page);
    }
    return all;
  }

  @Test
  default void tellsHowManyThereAreAndSinceWhen() {
    var before = figure(State.HELD).map(Figure::count).orElse(0L);
    var wallet = wallet();
    added(wallet, "a");
    save(confirmed(added(wallet, "b"), null));
    save(added(wallet, "c").ended(released(1, true)));

    assertThat(figure(State.HELD).orElseThrow().count()).isEqualTo(before + 1);
    assertThat(figure(State.CONFIRMED).orElseThrow().count()).isPositive();
    assertThat(reservations().figures()).extracting(Figure::oldest).noneMatch(Duration::isNegative);
    assertThat(reservations().figures())
        .extracting(Figure::state)
        .containsOnlyOnce(State.HELD, State.CONFIRMED)
        .hasSize(2);
  }

  private Optional<Figure> figure(State state) {
    return reservations().figures().stream().filter(it -> it.state() == state).findAny();
  }

  @Test
  default void whatIsAddedInATransactionThatFailsIsNotKept() {
    var wallet = wallet();

    assertThatThrownBy(
            () ->
                transactions()
                    .inTransaction(
                        () -> {
                          reservations().add(held(wallet, "a"));
                          throw new IllegalStateException("undone");
                        }))
        .hasMessage("undone");

    assertThat(reservations().open(wallet)).isEmpty();
  }

  private Reservation added(WalletId wallet, String reference) {
    var held = held(wallet, reference);
    return transactions()
        .inTransaction(
            () -> {
              reservations().add(held);
              return held;
            });
  }

  private void save(Reservation reservation) {
    transactions()
        .inTransaction(
            () -> {
              reservations().save(List.of(reservation));
              return true;
            });
  }

  private static WalletId wallet() {
    return new WalletId(Examples.id());
  }

  private static Reservation held(WalletId wallet, String reference) {
    return new Reservation(
        Examples.id(),
        wallet,
        reference,
        Examples.naira("0.000000000000000001"),
        new Made(Examples.MORNING, "wsk_example", 1),
        Examples.MORNING.plusSeconds(3_600),
        1,
        null,
        null);
  }

  private static Reservation confirmed(Reservation reservation, @Nullable String movement) {
    return reservation.confirmed(
        new Confirmed(Examples.MORNING.plusSeconds(1), "wsk_other", movement));
  }

  private static Ended ended(
      State state, long sequence, @Nullable String movement, @Nullable String note) {
    return new Ended(
        state,
        Examples.MORNING.plusSeconds(2),
        "wsk_third",
        sequence,
        movement,
        note,
        sequence == 3);
  }
}
