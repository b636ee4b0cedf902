package io.walletsync.core.position;

import static java.util.Comparator.comparing;

import io.walletsync.core.Examples;
import io.walletsync.core.balance.ExampleObservation;
import io.walletsync.core.balance.LateReading;
import io.walletsync.core.balance.Source;
import io.walletsync.core.balance.WalletBalanceSnapshot;
import io.walletsync.core.wallet.Connection;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletClosure;
import io.walletsync.core.wallet.WalletId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Wallets with a past of a few seconds, in which times meet often: the same for the same seed. */
final class PastWorld {
  static final int SECONDS = 30;

  private static final Instant BEGIN = Instant.parse("2020-01-01T00:00:00Z");

  private final Random random;

  PastWorld(long seed) {
    random = new Random(seed);
  }

  static Instant time(int second) {
    return BEGIN.plusSeconds(second);
  }

  List<Past> pasts(List<Connection> connections) {
    var pasts = new ArrayList<Past>();
    var count = 1 + random.nextInt(6);
    for (var number = 0; number < count; number++) {
      pasts.add(past(connections.get(random.nextInt(connections.size())), "account-" + number));
    }
    return pasts;
  }

  /**
   * A fact of the model: it stands from its time until another one, if any.
   *
   * @param until null for a snapshot
   */
  record Fact(
      Instant from, @Nullable Instant until, UUID id, BigDecimal amount, Instant observedAt) {
    boolean stands(Instant at) {
      return !from.isAfter(at) && (until == null || at.isBefore(until));
    }
  }

  /**
   * All that is known of a wallet.
   *
   * @param closedAt null where it is open in the end
   */
  record Past(
      Wallet wallet,
      List<WalletClosure> closures,
      @Nullable Instant closedAt,
      List<WalletBalanceSnapshot> snapshots,
      List<LateReading> late) {

    boolean isOpen(Instant at) {
      return !at.isBefore(wallet.createdAt())
          && (closedAt == null || at.isBefore(closedAt))
          && closures.stream()
              .noneMatch(it -> !at.isBefore(it.closedAt()) && at.isBefore(it.reopenedAt()));
    }

    /**
     * The newest of those that stand; of one time the snapshot, else the one with the greater id.
     */
    Optional<Fact> fact(Instant at) {
      return facts()
          .filter(fact -> fact.stands(at))
          .max(
              comparing(Fact::from)
                  .thenComparing(fact -> fact.until() == null)
                  .thenComparing(fact -> fact.id().toString()));
    }

    private Stream<Fact> facts() {
      return Stream.concat(
          snapshots.stream()
              .map(
                  it ->
                      new Fact(
                          it.asOf(),
                          null,
                          it.snapshotId(),
                          it.balance().available().amount(),
                          it.observedAt())),
          late.stream()
              .map(
                  it ->
                      new Fact(
                          it.observation().callStartedAt(),
                          it.standsUntil(),
                          it.readingId(),
                          it.observation().balance().available().amount(),
                          it.observation().observedAt())));
    }
  }

  private Past past(Connection connection, String account) {
    var created = random.nextInt(5);
    var changed = created;
    var id = new WalletId(Examples.id());
    var closures = new ArrayList<WalletClosure>();
    while (random.nextInt(5) < 2) {
      var closed = changed + 1 + random.nextInt(4);
      changed = closed + 1 + random.nextInt(4);
      closures.add(new WalletClosure(id, time(closed), time(changed)));
    }
    var isClosed = random.nextInt(3) == 0;
    if (isClosed) {
      changed += 1 + random.nextInt(5);
    }
    var wallet =
        new Wallet(
            id,
            connection.id(),
            connection.provider(),
            account,
            Examples.NGN,
            random.nextBoolean() ? "ada" : null,
            null,
            Metadata.NONE,
            isClosed ? Wallet.Status.CLOSED : Wallet.Status.ACTIVE,
            time(created),
            time(changed));
    return new Past(
        wallet, closures, isClosed ? time(changed) : null, snapshots(wallet), late(wallet));
  }

  private List<WalletBalanceSnapshot> snapshots(Wallet wallet) {
    var snapshots = new ArrayList<WalletBalanceSnapshot>();
    var asOf = 0;
    var states = random.nextInt(6);
    for (var sequence = 1; sequence <= states; sequence++) {
      asOf += 1 + random.nextInt(5);
      // a provider's own time may lie before the reading that told it
      var observed = time(asOf + random.nextInt(3));
      snapshots.add(
          new WalletBalanceSnapshot(
              UUID.randomUUID(),
              wallet.id(),
              sequence,
              wallet.provider(),
              Examples.balance(Integer.toString(random.nextInt(100))),
              null,
              time(asOf),
              null,
              observed,
              observed,
              Source.API,
              null,
              Metadata.NONE,
              observed));
    }
    return snapshots;
  }

  private List<LateReading> late(Wallet wallet) {
    var late = new ArrayList<LateReading>();
    var readings = random.nextInt(4);
    for (var number = 0; number < readings; number++) {
      var started = random.nextInt(SECONDS - 5);
      var until = started + random.nextInt(4);
      late.add(
          new LateReading(
              UUID.randomUUID(),
              ExampleObservation.of(wallet.id())
                  .balance(Integer.toString(random.nextInt(100)))
                  .startedAt(time(started))
                  .took(Duration.ofSeconds(random.nextInt(3)))
                  .observation(),
              time(until),
              time(until + random.nextInt(5))));
    }
    return late;
  }
}
