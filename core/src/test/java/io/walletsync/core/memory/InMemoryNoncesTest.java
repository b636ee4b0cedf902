package io.walletsync.core.memory;

import io.walletsync.core.access.Nonces;
import io.walletsync.core.access.NoncesContract;
import io.walletsync.core.access.SteppingClock;
import java.time.Duration;
import java.time.Instant;

class InMemoryNoncesTest implements NoncesContract {
  private final SteppingClock clock = new SteppingClock(Instant.parse("2026-11-22T08:00:00Z"));
  private final Nonces nonces = new InMemoryNonces(clock);

  @Override
  public Nonces nonces() {
    return nonces;
  }

  @Override
  public void pass(Duration time) {
    clock.step(time);
  }
}
