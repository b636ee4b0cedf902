package io.walletsync.core.memory;

import static java.util.Comparator.comparing;

import io.walletsync.core.kernel.Page;
import io.walletsync.core.payout.Reservation;
import io.walletsync.core.payout.Reservation.State;
import io.walletsync.core.payout.Reservations;
import io.walletsync.core.wallet.WalletId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

final class InMemoryReservations implements Reservations {
  /** As PostgreSQL compares them. */
  private static final Comparator<WalletId> BY_ID = comparing(it -> it.value().toString());

  private final InMemoryTransactions transactions;
  private final InstantSource clock;
  private final Table<UUID, Reservation> table;

  InMemoryReservations(InMemoryTransactions transactions, InstantSource clock) {
    this.transactions = transactions;
    this.clock = clock;
    this.table = transactions.table();
  }

  @Override
  public Optional<Reservation> find(WalletId wallet, UUID id) {
    return transactions.inTransaction(() -> of(wallet).filter(it -> it.id().equals(id)).findAny());
  }

  @Override
  public Optional<Reservation> under(WalletId wallet, String reference) {
    return transactions.inTransaction(
        () -> of(wallet).filter(it -> it.reference().equals(reference)).findAny());
  }

  @Override
  public List<Reservation> open(WalletId wallet) {
    return transactions.inTransaction(
        () -> of(wallet).filter(Reservation::isOpen).sorted(comparing(Reservation::id)).toList());
  }

  @Override
  public List<Reservation> endedSince(WalletId wallet, long sequence) {
    return transactions.inTransaction(
        () -> of(wallet).filter(it -> hasEndedSince(it, sequence)).toList());
  }

  private static boolean hasEndedSince(Reservation one, long sequence) {
    var ended = one.ended();
    return ended != null && ended.sequence() >= sequence;
  }

  @Override
  public Optional<Instant> lastReleaseInDoubt(WalletId wallet) {
    return transactions.inTransaction(
        () ->
            of(wallet)
                .filter(it -> it.state() == Reservation.State.RELEASED)
                .flatMap(it -> Stream.ofNullable(it.ended()))
                .filter(ended -> !ended.neverLeft())
                .map(Reservation.Ended::at)
                .max(Comparator.naturalOrder()));
  }

  @Override
  public List<WalletId> walletsWithOpen(@Nullable WalletId after, int atMost) {
    return transactions.inTransaction(
        () ->
            table.rows().values().stream()
                .filter(Reservation::isOpen)
                .map(Reservation::walletId)
                .distinct()
                .filter(it -> after == null || BY_ID.compare(it, after) > 0)
                .sorted(BY_ID)
                .limit(atMost)
                .toList());
  }

  @Override
  public List<Figure> figures() {
    return transactions.inTransaction(
        () ->
            Stream.of(State.HELD, State.CONFIRMED)
                .flatMap(state -> figure(state).stream())
                .toList());
  }

  private Optional<Figure> figure(State state) {
    var all = table.rows().values().stream().filter(it -> it.state() == state).toList();
    return all.stream()
        .map(it -> it.made().at())
        .min(Comparator.naturalOrder())
        .map(at -> new Figure(state, all.size(), Duration.between(at, clock.instant())));
  }

  @Override
  public void add(Reservation reservation) {
    if (under(reservation.walletId(), reservation.reference()).isPresent()) {
      throw new IllegalStateException("a reference stands for one payout");
    }
    table.rows().put(reservation.id(), reservation);
  }

  @Override
  public void save(Collection<Reservation> reservations) {
    reservations.forEach(it -> table.rows().replace(it.id(), it));
  }

  @Override
  public Page<Reservation> page(Query query) {
    return transactions.inTransaction(
        () ->
            Page.of(
                of(query.wallet())
                    .filter(it -> query.state() == null || it.state() == query.state())
                    .filter(it -> query.before() == null || it.id().compareTo(query.before()) < 0)
                    .sorted(comparing(Reservation::id).reversed())
                    .limit(query.limit() + 1L)
                    .toList(),
                query.limit()));
  }

  private Stream<Reservation> of(WalletId wallet) {
    return table.rows().values().stream().filter(it -> it.walletId().equals(wallet));
  }
}
