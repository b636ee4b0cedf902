package io.walletsync.core.balance;

import io.walletsync.core.Examples;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.Wallet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Histories of a few seconds, in which times meet often: the same ones for the same seed. */
final class RandomHistories {
  static final int SECONDS = 12;

  private final Random random;

  RandomHistories(long seed) {
    random = new Random(seed);
  }

  /** What one wallet has; the first state may be missing, and then so are all. */
  record History(
      Wallet wallet, List<WalletBalanceSnapshot> snapshots, List<LateReading> lateReadings) {}

  History of(Wallet wallet) {
    var snapshots = new ArrayList<WalletBalanceSnapshot>();
    var asOf = 0;
    var created = 0;
    var states = random.nextInt(6);
    for (var sequence = 1; sequence <= states; sequence++) {
      asOf += 1 + random.nextInt(3);
      // learnt when it became true or later, and never before what came before it
      created = Math.max(created, asOf + random.nextInt(4));
      snapshots.add(snapshot(wallet, sequence, time(asOf), time(created)));
    }
    var late = new ArrayList<LateReading>();
    var readings = random.nextInt(4);
    for (var number = 0; number < readings; number++) {
      var started = random.nextInt(SECONDS);
      late.add(late(wallet, time(started), time(started + 1 + random.nextInt(4))));
    }
    return new History(wallet, snapshots, late);
  }

  static Instant time(int second) {
    return Examples.MORNING.plusSeconds(second);
  }

  private WalletBalanceSnapshot snapshot(
      Wallet wallet, long sequence, Instant asOf, Instant created) {
    return new WalletBalanceSnapshot(
        UUID.randomUUID(),
        wallet.id(),
        sequence,
        wallet.provider(),
        Examples.balance(Integer.toString(random.nextInt(1000))),
        null,
        asOf,
        null,
        asOf,
        asOf,
        Source.API,
        null,
        Metadata.NONE,
        created);
  }

  private LateReading late(Wallet wallet, Instant started, Instant recorded) {
    return new LateReading(
        UUID.randomUUID(),
        ExampleObservation.of(wallet.id())
            .balance(Integer.toString(random.nextInt(1000)))
            .startedAt(started)
            .observation(),
        recorded.minusSeconds(random.nextInt(2)),
        recorded);
  }
}
