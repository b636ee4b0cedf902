package io.walletsync.core.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.kernel.Transactions;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every adapter of {@link WalletClosures} keeps: since when, and until when. */
public interface WalletClosuresContract {
  Transactions transactions();

  WalletClosures closures();

  @Test
  default void aWalletIsClosedFromItsClosingUntilItIsOpenAgain() {
    var wallet = new WalletId(Examples.id());
    add(wallet, 10, 20);
    add(wallet, 30, 31);

    for (var second = 0; second < 40; second++) {
      var closed = (second >= 10 && second < 20) || second == 30;
      assertThat(closures().closedAt(Set.of(wallet), time(second)))
          .as("second %d", second)
          .isEqualTo(closed ? Set.of(wallet) : Set.of());
    }
    assertThat(closures().closedAt(Set.of(wallet), time(20).minusNanos(1_000)))
        .containsExactly(wallet);
  }

  @Test
  default void onlyThoseThatAreAskedForAreTold() {
    var one = new WalletId(Examples.id());
    var two = new WalletId(Examples.id());
    var three = new WalletId(Examples.id());
    add(one, 1, 5);
    add(two, 1, 5);

    assertThat(closures().closedAt(Set.of(one, three), time(3))).containsExactly(one);
    assertThat(closures().closedAt(Set.of(one, two, three), time(3))).isEqualTo(Set.of(one, two));
    assertThat(closures().closedAt(Set.of(), time(3))).isEmpty();
  }

  private void add(WalletId wallet, int closed, int reopened) {
    var closure = new WalletClosure(wallet, time(closed), time(reopened));
    transactions()
        .inTransaction(
            () -> {
              closures().add(closure);
              return closure;
            });
  }

  private static Instant time(int second) {
    return Examples.MORNING.plusSeconds(second);
  }
}
