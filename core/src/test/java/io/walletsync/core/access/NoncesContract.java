package io.walletsync.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What every keeper of nonces promises. */
public interface NoncesContract {
  UUID KEY = new UUID(0, 1);
  UUID OTHER_KEY = new UUID(0, 2);

  /** A keeper that remembers nothing yet. */
  Nonces nonces();

  /** Lets time pass for what is kept so far. */
  void pass(Duration time);

  @Test
  default void burnsANonceOncePerKey() {
    var nonces = nonces();
    assertThat(nonces.burn(KEY, "a")).isTrue();
    assertThat(nonces.burn(KEY, "a")).isFalse();
    assertThat(nonces.burn(KEY, "A")).isTrue();
    assertThat(nonces.burn(OTHER_KEY, "a")).isTrue();
    assertThat(nonces.burn(OTHER_KEY, "a")).isFalse();
  }

  @Test
  default void letsOneOfManyAtOnceBurnIt() throws Exception {
    var nonces = nonces();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks = new ArrayList<Callable<Boolean>>();
      for (var i = 0; i < 16; i++) {
        tasks.add(() -> nonces.burn(KEY, "raced"));
      }
      var firsts = 0;
      for (var result : executor.invokeAll(tasks)) {
        firsts += result.get() ? 1 : 0;
      }
      assertThat(firsts).isEqualTo(1);
    }
  }

  @Test
  default void remembersANonceForFifteenMinutes() {
    var nonces = nonces();
    nonces.burn(KEY, "early");
    pass(Nonces.KEPT.minusSeconds(30));
    nonces.burn(KEY, "late");
    nonces.forgetExpired(100);
    assertThat(nonces.burn(KEY, "early")).isFalse();
    pass(Duration.ofSeconds(31));
    nonces.forgetExpired(100);
    assertThat(nonces.burn(KEY, "early")).isTrue();
    assertThat(nonces.burn(KEY, "late")).isFalse();
  }

  @Test
  default void forgetsTheOldestFirstAndNoMoreThanAskedFor() {
    var nonces = nonces();
    for (var nonce : new String[] {"a", "b", "c"}) {
      nonces.burn(KEY, nonce);
      pass(Duration.ofSeconds(1));
    }
    pass(Nonces.KEPT);

    assertThat(nonces.forgetExpired(2)).isEqualTo(2);

    assertThat(nonces.burn(KEY, "c")).isFalse();
    assertThat(nonces.burn(KEY, "a")).isTrue();
    assertThat(nonces.forgetExpired(2)).isEqualTo(1);
    assertThat(nonces.forgetExpired(2)).isZero();
  }
}
