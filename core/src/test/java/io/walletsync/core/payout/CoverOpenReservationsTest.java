package io.walletsync.core.payout;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.payout.Reservation.State;
import org.junit.jupiter.api.Test;

/** What has left is found though nobody asks, and by no other rules than where somebody does. */
class CoverOpenReservationsTest {
  private final PayoutWorld world = new PayoutWorld();

  @Test
  void whatAReadingShowsEndsByItself() {
    world.has("100");
    world.ask("a", "60");
    world.confirm("a");
    assertThat(world.lookByItself()).as("nothing has left").isZero();
    world.has("40");
    world.read();

    assertThat(world.lookByItself()).isEqualTo(1);

    assertThat(world.reservation("a").state()).isEqualTo(State.COVERED);
    assertThat(world.audited("cover_payout")).hasSize(1);
    assertThat(world.lookByItself()).isZero();
  }

  @Test
  void whatAMovementShowsEndsByItself() {
    world.has("100");
    world.ask("a", "60");
    world.movement("m-1", "a", "-60");
    world.tick(120);
    world.has("40");
    world.read();

    assertThat(world.lookByItself()).isEqualTo(1);

    assertThat(world.reservation("a").state()).isEqualTo(State.COVERED);
  }

  @Test
  void whatNothingShowsStaysSetAside() {
    world.has("100");
    world.ask("held", "10");
    world.ask("confirmed", "20");
    world.confirm("confirmed");
    world.has("95");
    world.read();
    world.tick(60 * 60 * 24 * 365);

    assertThat(world.lookByItself()).isZero();

    assertThat(world.reservation("held").state()).isEqualTo(State.HELD);
    assertThat(world.reservation("confirmed").state()).isEqualTo(State.CONFIRMED);
  }
}
