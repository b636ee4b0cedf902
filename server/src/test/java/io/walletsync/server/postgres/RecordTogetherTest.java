package io.walletsync.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Concurrently;
import io.walletsync.core.Examples;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.balance.BalanceListener;
import io.walletsync.core.balance.ExampleObservation;
import io.walletsync.core.balance.Observation;
import io.walletsync.core.balance.RecordBalances;
import io.walletsync.core.balance.RecordTogether;
import io.walletsync.core.balance.Recorded;
import io.walletsync.core.balance.Recorded.Verdict;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.sync.RequestSettlement;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.RegistryPorts;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.core.wallet.Wallets;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Recording what many bring at once, on the real database. */
@Timeout(60)
final class RecordTogetherTest implements RegistryPorts {
  private final AtomicInteger transactions = new AtomicInteger();
  private final AtomicReference<WalletId> poisoned = new AtomicReference<>();
  private final RecordTogether recording = recording();

  private RecordTogether recording() {
    BalanceListener listener =
        changes -> {
          transactions.incrementAndGet();
          if (changes.stream().anyMatch(it -> it.wallet().id().equals(poisoned.get()))) {
            Ports.jdbc().sql("select 1 / 0").query(Integer.class).single();
          }
        };
    return new RecordTogether(
        new RecordBalances(
            Ports.snapshots(),
            Ports.quarantine(),
            new RequestSettlement(Ports.syncRequests()),
            List.of(listener),
            transactions(),
            new Auditor(Ports.auditTrail(), UUID::randomUUID, InstantSource.system()),
            UUID::randomUUID),
        transactions());
  }

  @Test
  void manyWhoComeAtOnceShareFewTransactionsAndGetTheirOwnAnswers() {
    var wallets = IntStream.range(0, 64).mapToObj(_ -> registered()).toList();

    var recorded =
        Concurrently.call(64, i -> recording.record(List.of(reading(wallets.get(i), i + ".25"))));

    for (var i = 0; i < 64; i++) {
      assertThat(recorded.get(i)).hasSize(1);
      assertCreated(recorded.get(i).getFirst(), wallets.get(i), i + ".25");
    }
    assertThat(transactions).hasValueLessThan(32);
  }

  @Test
  void readingsOfOneWalletFromManySidesMakeAGaplessSequence() {
    var wallet = registered();

    Concurrently.call(40, i -> recording.record(List.of(reading(wallet, (i + 1) + ""))));

    var latest = Ports.snapshots().latest(wallet.id(), Visibility.ALL).orElseThrow();
    var sequences =
        Ports.jdbc()
            .sql("select sequence from wallet_balance_snapshot where wallet_id = ? order by 1")
            .param(wallet.id().value())
            .query(Long.class)
            .list();
    assertThat(latest.latest().orElseThrow().snapshot().sequence()).isEqualTo(sequences.size());
    assertThat(sequences)
        .isNotEmpty()
        .isEqualTo(IntStream.rangeClosed(1, sequences.size()).mapToObj(i -> (long) i).toList());
  }

  @Test
  void oneBadRowFailsNoneOfItsNeighbours() {
    var wallets = IntStream.range(0, 16).mapToObj(_ -> registered()).toList();
    poisoned.set(wallets.get(7).id());

    var recorded =
        Concurrently.call(
            16,
            i -> {
              try {
                return recording.record(List.of(reading(wallets.get(i), "5.00"))).getFirst();
              } catch (RuntimeException _) {
                return new Recorded.WalletClosed(); // stands for a failure
              }
            });

    for (var i = 0; i < 16; i++) {
      if (i == 7) {
        assertThat(recorded.get(i)).isInstanceOf(Recorded.WalletClosed.class);
        assertThat(Ports.snapshots().latest(wallets.get(i).id(), Visibility.ALL).orElseThrow())
            .satisfies(nothing -> assertThat(nothing.latest()).isEmpty());
      } else {
        assertCreated(recorded.get(i), wallets.get(i), "5.00");
      }
    }
  }

  @Test
  void aWalletThatIsLockedElsewhereHoldsUpNobodyElse() {
    var free = registered();
    var taken = registered();
    var isLocked = new CountDownLatch(1);
    var mayUnlock = new CountDownLatch(1);
    var holder =
        Concurrently.run(
            () ->
                transactions()
                    .inTransaction(
                        () -> {
                          var locked =
                              Ports.snapshots().lock(new LinkedHashSet<>(List.of(taken.id())));
                          isLocked.countDown();
                          await(mayUnlock);
                          return locked;
                        }));
    await(isLocked);

    var waiting =
        Concurrently.supply(
            () -> recording.record(List.of(reading(taken, "1.00"), reading(taken, "2.00"))));
    var meanwhile = recording.record(List.of(reading(free, "3.00"))).getFirst();

    assertThat(waiting).isNotDone();
    assertCreated(meanwhile, free, "3.00");
    mayUnlock.countDown();
    holder.join();
    assertThat(waiting.join()).hasSize(2);
    assertCreated(waiting.join().getFirst(), taken, "1.00");
    assertCreated(waiting.join().getLast(), taken, "2.00");
  }

  private static Observation reading(Wallet wallet, String amount) {
    return ExampleObservation.of(wallet.id()).balance(amount).observation();
  }

  private static void assertCreated(Recorded recorded, Wallet wallet, String amount) {
    assertThat(recorded)
        .isInstanceOfSatisfying(
            Recorded.Answer.class,
            answer -> {
              assertThat(answer.verdict()).isEqualTo(Verdict.CREATED);
              assertThat(answer.snapshot().walletId()).isEqualTo(wallet.id());
              assertThat(answer.snapshot().balance()).isEqualTo(Examples.balance(amount));
            });
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public Transactions transactions() {
    return Ports.transactions();
  }

  @Override
  public Connections connections() {
    return Ports.connections();
  }

  @Override
  public Wallets wallets() {
    return Ports.wallets();
  }
}
